// Draws a chart when it comes into view. Colours come from the tokens, so it follows the theme.
const drawn = new Map();
let library;

export function begin(figures) {
  for (const figure of figures) {
    if (drawn.has(figure)) continue;
    drawn.set(figure, undefined);
    seen.observe(figure);
  }
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "200px" },
);

/** The library is big, so only pages that show a chart fetch it. It registers itself as window.echarts. */
function fetchLibrary(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return library;
}

async function draw(figure) {
  const echarts = await fetchLibrary(figure.dataset.library);
  const canvas = figure.querySelector("[data-chart-canvas]");
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  canvas.hidden = false;
  figure.querySelector("details").open = false;
  drawn.get(figure)?.dispose();
  const chart = echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(option(data, tokens(figure)));
  drawn.set(figure, chart);
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

function tokens(figure) {
  const style = getComputedStyle(figure);
  const read = (name) => style.getPropertyValue(`--cc-${name}`).trim();
  return {
    ink: read("ink"),
    ink2: read("ink2"),
    line: read("line"),
    line2: read("line2"),
    raised: read("raised"),
    font: style.fontFamily,
    colours: ["c1", "c2", "c3", "c4", "c5"].map(read),
  };
}

const DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3]];
const MARKS = ["circle", "diamond", "triangle", "rect", "emptyCircle"];

function option(data, look) {
  const text = { color: look.ink2, fontFamily: look.font, fontSize: 12.5 };
  const format = (value) => `${number(value, data.decimals)}${data.unit === "%" ? "\u202f%" : ""}`;
  const rounded = (value) => `${number(value, 0, data.decimals)}${data.unit === "%" ? "\u202f%" : ""}`;
  const sideways = data.kind !== "line"; // long names of units read best from the left
  const names = { type: "category", data: data.labels, inverse: sideways, axisLabel: { ...text, width: 180, overflow: "break" }, axisTick: { show: false }, axisLine: { lineStyle: { color: look.line2 } } };
  const values = { type: "value", min: data.kind === "bar" ? 0 : undefined, scale: data.kind !== "bar", axisLabel: { ...text, formatter: rounded }, splitLine: { lineStyle: { color: look.line } } };
  return {
    animation: false,
    color: look.colours,
    textStyle: { fontFamily: look.font },
    grid: { left: 8, right: 64, top: data.series.length > 1 ? 36 : 12, bottom: 8, containLabel: true },
    legend: { show: data.series.length > 1, left: 0, top: 0, textStyle: text, itemWidth: 28 },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: look.raised, borderColor: look.line2, textStyle: { ...text, color: look.ink }, valueFormatter: (value) => (value === null || value === undefined ? "" : format(value)) },
    xAxis: sideways ? values : names,
    yAxis: sideways ? names : values,
    series: data.series.map((series, at) => ({
      name: series.name,
      type: { bar: "bar", line: "line", dot: "scatter" }[data.kind],
      data: series.values,
      barMaxWidth: 18,
      symbol: MARKS[at % MARKS.length],
      symbolSize: data.kind === "line" ? 8 : 12,
      lineStyle: { width: 2, type: DASHES[at % DASHES.length] },
      label: { ...text, color: look.ink, show: data.kind === "bar", position: "right", formatter: ({ value }) => format(value) },
      endLabel: { ...text, color: look.ink, show: data.kind === "line", formatter: ({ value }) => format(value) },
      markLine: at === 0 && data.threshold ? threshold(data.threshold, sideways, look, text) : undefined,
    })),
  };
}

function threshold([value, words], sideways, look, text) {
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: look.ink2, type: "solid", width: 1 },
    label: { ...text, formatter: words },
    data: [sideways ? { xAxis: value } : { yAxis: value }],
  };
}

function number(value, least, most = least) {
  const language = document.documentElement.lang || "vi";
  return Number(value).toLocaleString(language, { minimumFractionDigits: least, maximumFractionDigits: most });
}

function redraw() {
  for (const [figure, chart] of drawn) if (chart) draw(figure);
}
document.addEventListener("cc:theme", redraw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
