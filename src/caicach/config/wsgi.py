"""The WSGI entry point that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from caicach.config import lifeline

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caicach.config.settings")
application = get_wsgi_application()
lifeline.leave_with_the_starter()

# A request makes thousands of objects that die by their count alone. The collector of cycles looks for the others after
# 20,000 new ones instead of 700, and not at what the start left: a tenth of the processor time of a request.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
