"use strict";
(() => {
  const page = document.documentElement;
  const source = document.getElementById("report-charts");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const PRINT_WIDTH = 680;
  const folds = () => document.querySelectorAll("details.data");
  let printing = false;
  let openBefore = [];

  /* Without scripts every table stays open; with them it folds away until asked for. */
  for (const fold of folds()) fold.open = false;

  const { template, dark, config, figures } = source ? JSON.parse(source.textContent) : { figures: {} };

  const recoloured = (value) => {
    if (typeof value === "string") return dark[value] ?? value;
    if (Array.isArray(value)) return value.map(recoloured);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recoloured(item)]));
  };

  const figureFor = (key, width) => {
    const plain = structuredClone(figures[key]);
    plain.layout.template = structuredClone(template);
    plain.layout.width = width;
    return night.matches && !printing ? recoloured(plain) : plain;
  };

  const drawAll = (width) => Promise.all([...document.querySelectorAll("[data-chart]")].map((place) => {
    const { data, layout } = figureFor(place.dataset.chart, Math.floor(width ?? place.clientWidth));
    return window.Plotly.react(place, data, layout, config);
  }));

  const redraw = (width) => { if (window.Plotly) drawAll(width); };

  const beforePrint = () => {
    if (printing) return;
    printing = true;
    openBefore = [...folds()].map((fold) => fold.open);
    for (const fold of folds()) fold.open = true;
    redraw(PRINT_WIDTH);
  };

  const afterPrint = () => {
    if (!printing) return;
    printing = false;
    [...folds()].forEach((fold, index) => { fold.open = openBefore[index]; });
    redraw();
  };

  /* Two characters of the 91 digits are 13 bits of a zlib stream. */
  const bytesOf = (text) => {
    const value = new Uint8Array(128);
    let digits = 0;
    for (let code = 33; code < 127; code += 1) if (!"<&\\".includes(String.fromCharCode(code))) value[code] = digits++;
    const start = text.indexOf(" ") + 1;
    const bytes = new Uint8Array(Number(text.slice(0, start)));
    let held = 0, bits = 0, at = 0;
    for (let index = start; index < text.length; index += 2) {
      held = (held << 13) | (value[text.charCodeAt(index)] * 91 + value[text.charCodeAt(index + 1)]);
      bits += 13;
      while (bits >= 8) { bits -= 8; bytes[at++] = held >> bits; held &= (1 << bits) - 1; }
    }
    return bytes;
  };

  const inflated = (bytes) =>
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();

  const load = async () => {
    const bundle = document.getElementById("plotly-bundle");
    if (!bundle || window.Plotly) return;
    const script = document.createElement("script");
    script.textContent = await inflated(bytesOf(bundle.textContent.trim()));
    document.head.append(script);
  };

  const follow = () => {
    let width = innerWidth;
    let waiting = 0;
    addEventListener("resize", () => {
      if (innerWidth === width || printing) return;
      width = innerWidth;
      clearTimeout(waiting);
      waiting = setTimeout(redraw, 120);
    });
    night.addEventListener("change", () => redraw());
  };

  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  (async () => {
    try {
      if (source) { await load(); await drawAll(); follow(); }
      page.dataset.charts = "drawn";
    } catch (error) {
      page.dataset.charts = "failed";
      document.getElementById("no-charts").hidden = false;
      for (const fold of folds()) fold.open = true;
    }
  })();
})();
