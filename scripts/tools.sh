# Sourced by the other scripts: what the machine offers, and installing what it lets us.

want_chromium() {
  if ! command -v chromium >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium and gettext"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium gettext) \
      >/dev/null 2>&1 || echo "Chromium could not be installed: the browser tests are skipped"
  fi
}

want_gettext() {
  if ! command -v msgattrib >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gettext) \
      >/dev/null 2>&1 || true
  fi
  command -v msgattrib >/dev/null 2>&1
}

# The address of a PostgreSQL that answers, for tests: their own database is made beside it and dropped at the end.
postgres_url() {
  .venv/bin/python - <<'PY'
import getpass, sys
import psycopg
for user in ("postgres", getpass.getuser()):
    try:
        with psycopg.connect(host="127.0.0.1", port=5432, user=user, dbname="postgres", connect_timeout=2) as c:
            may = c.execute("select rolcreatedb from pg_roles where rolname = current_user").fetchone()
            if may and may[0]:
                print(f"postgres://{user}@127.0.0.1:5432/caicach_suite")
                sys.exit(0)
    except psycopg.Error:
        continue
sys.exit(1)
PY
}
