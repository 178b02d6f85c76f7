"use strict";
(() => {
  const page = document.documentElement;
  const source = document.getElementById("report-charts");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const PRINT_WIDTH = 680;
  const PRINT_SCALE = 0.78;
  const isDark = () => (page.dataset.theme ? page.dataset.theme === "dark" : night.matches);
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
    if (printing) plain.layout.height = Math.round(plain.layout.height * (plain.layout.yaxis?.type === "category" ? 1 : PRINT_SCALE));
    return isDark() && !printing ? recoloured(plain) : plain;
  };

  const places = () => [...document.querySelectorAll("[data-chart]")];
  const draw = (place, width) => {
    const { data, layout } = figureFor(place.dataset.chart, Math.floor(width ?? place.clientWidth));
    place.style.height = `${layout.height}px`;
    if (!place.data) place.replaceChildren();
    return window.Plotly.react(place, data, layout, config);
  };
  const drawAll = (width) => Promise.all(places().map((place) => draw(place, width)));

  /* What is in view first; the others when the browser has nothing else to do. */
  const drawFirst = async () => {
    const seen = (place) => place.getBoundingClientRect().top < innerHeight * 1.5;
    const [near, far] = [places().filter(seen), places().filter((place) => !seen(place))];
    await Promise.all(near.map((place) => draw(place)));
    for (const place of far) {
      if (!printing) await new Promise((ready) => { setTimeout(ready, 0); });
      if (!place.data) await draw(place, printing ? PRINT_WIDTH : undefined);
    }
  };

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

  const tools = document.getElementById("tools");

  const rowsOf = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " ")));

  /* A spreadsheet obeys what begins like a formula. */
  const plainCell = (text) => (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,\s]+%?$/.test(text) ? `'${text}` : text);
  const csvOf = (table) => rowsOf(table).map((row) => row.map((text) => `"${plainCell(text).replaceAll('"', '""')}"`).join(",")).join("\r\n");

  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  const saved = (table) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csvOf(table)], { type: "text/csv" }));
    link.download = `${table.caption.innerText.trim().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const button = (text, label, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "tool", textContent: text });
    made.setAttribute("aria-label", `${text}: ${label}`);
    made.addEventListener("click", () => act(made));
    return made;
  };

  const equip = (scroll) => {
    const table = scroll.querySelector("table");
    const name = table.caption.innerText.trim();
    const copy = async (made) => {
      await copyText(rowsOf(table).map((row) => row.map(plainCell).join("\t")).join("\n"));
      made.textContent = tools.dataset.copied;
    };
    const bar = Object.assign(document.createElement("div"), { className: "table-tools" });
    bar.append(button(tools.dataset.copy, name, copy), button(tools.dataset.csv, name, () => saved(table)));
    scroll.before(bar);
  };

  const filterFindings = (wanted) => {
    for (const item of document.querySelectorAll(".action, #checks tbody tr")) {
      const shown = item.textContent.replaceAll("\u00a0", " ").toLowerCase().includes(wanted.toLowerCase());
      item.toggleAttribute("data-filtered", !shown);
    }
  };

  const markCurrent = () => {
    const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-10% 0px -80% 0px" });
    for (const section of document.querySelectorAll("main > section")) watch.observe(section);
  };

  if (tools) {
    tools.hidden = false;
    document.getElementById("theme").addEventListener("change", (event) => {
      page.dataset.theme = event.target.value;
      if (!event.target.value) delete page.dataset.theme;
      redraw();
    });
    document.getElementById("filter")?.addEventListener("input", (event) => filterFindings(event.target.value.trim()));
    for (const scroll of document.querySelectorAll(".scroll")) equip(scroll);
    for (const fix of document.querySelectorAll(".fix")) {
      const text = fix.innerText.trim();
      fix.append(button(tools.dataset.copy, text, async (made) => { await copyText(text); made.textContent = tools.dataset.copied; }));
    }
    markCurrent();
  }

  /* What if: the model's own formulas, from the values the report was made with. */
  const panel = document.getElementById("what-if");
  const given = panel && JSON.parse(document.getElementById("what-if-data").textContent);

  const valueOf = (values, said) => (typeof said === "string" ? (said ? values[said] : 1) : said);
  const decided = (leaves) => {
    const values = { ...leaves, ...PLAN.model(leaves) };
    const rows = given.rows[values["hardware.tier_index"]]
      .map(([label, need, capacity, ceiling, dated]) => ({ label, need, dated, limit: valueOf(values, capacity) * valueOf(values, ceiling) }));
    const short = rows.filter((row) => !PLAN.within(values[row.need], row.limit));
    return { values, rows, short, month: monthOf(leaves, values, rows, short) };
  };

  const monthOf = (leaves, values, rows, short) => {
    const growth = leaves[given.growth];
    if (short.length || growth <= 0) return short.length ? 0 : null;
    const still = PLAN.fixed(values), known = new Map();
    const at = (month) => {
      if (!known.has(month)) known.set(month, PLAN.model({ ...PLAN.grown(leaves, growth, month), ...still }));
      return known.get(month);
    };
    const months = rows.filter((row) => row.dated)
      .map((row) => PLAN.first_month((month) => PLAN.within(month ? at(month)[row.need] : values[row.need], row.limit), given.months.length - 1));
    return months.reduce((first, month) => (month !== null && (first === null || month < first) ? month : first), null);
  };

  const written = (value, scales) => {
    const rounded = Math.abs(Number(value.toPrecision(3)));
    const [size, unit] = scales.find(([least]) => rounded >= least) ?? scales.at(-1);
    const number = value / size;
    const whole = scales.length === 1 && (Number.isInteger(value) || Math.abs(value) >= 1000);
    const digits = whole || number === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(number))));
    const [front, back] = number.toFixed(Math.min(digits, 20)).split(".");
    const decimals = back?.replace(/0+$/, "");
    const text = Number(front).toLocaleString("en-US") + (decimals ? `.${decimals}` : "");
    return unit ? `${text} ${unit}` : text;
  };

  const knobs = () => given.knobs.map((knob, index) => ({ ...knob, field: document.getElementById(`knob-${index}`) }));
  const isWrong = ({ field, low, high, whole }) => {
    const value = field.valueAsNumber;
    return field.validity.badInput || (field.value !== "" && !(value >= low && value <= high && (!whole || Number.isInteger(value))));
  };
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const changed = () => {
    const leaves = { ...given.leaves };
    let wrong = "";
    for (const knob of knobs()) {
      const bad = isWrong(knob);
      knob.field.toggleAttribute("aria-invalid", bad);
      if (bad) knob.field.setAttribute("aria-invalid", "true");
      const said = bad ? filled(given.says.wrong, { low: knob.low.toLocaleString("en-US"), high: knob.high.toLocaleString("en-US") }) : knob.hint;
      document.getElementById(`${knob.field.id}-hint`).textContent = said;
      if (bad) wrong ||= `${knob.label}: ${said}`;
      if (bad || knob.field.value === "" || knob.field.valueAsNumber === knob.value) continue;
      Object.assign(leaves, knob.also);
      for (const leaf of knob.leaves) leaves[leaf] = knob.field.valueAsNumber / knob.per;
    }
    const codec = document.getElementById("knob-codec");
    if (codec?.value) Object.assign(leaves, given.codecs[codec.value]);
    show(leaves, wrong);
  };

  const show = (leaves, wrong) => {
    const made = decided(leaves);
    const callers = leaves["traffic.sources"];
    const crowded = callers > 0 && Math.max(made.values["traffic.offered_erlangs"], leaves["given.concurrent_calls"]) > callers;
    const problem = wrong || (crowded ? given.says.callers : "");
    const names = made.short.map((row) => row.label).join(given.says.comma);
    const status = document.getElementById("what-if-status");
    status.textContent = problem || (names ? filled(given.says.short, { names }) : given.says.suffices);
    status.className = `what-if-status ${problem || names ? "error" : "ready"}`;
    for (const output of panel.querySelectorAll("output")) {
      const name = output.dataset.figure;
      const said = name === "lasts" ? untilOf(leaves, made.month) : written(made.values[name], given.scales[name]);
      output.textContent = problem ? "\u2013" : said;
    }
    panel.result = problem ? null : made;
  };

  const untilOf = (leaves, month) => (month !== null ? given.months[month] : leaves[given.growth] > 0 ? given.says.beyond : given.says.still);

  if (panel) {
    panel.hidden = false;
    panel.addEventListener("submit", (event) => event.preventDefault());
    panel.addEventListener("input", changed);
    panel.addEventListener("reset", () => setTimeout(changed, 0));
  }

  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  (async () => {
    try {
      if (source) { await load(); await drawFirst(); follow(); }
      page.dataset.charts = "drawn";
    } catch (error) {
      page.dataset.charts = "failed";
      document.getElementById("no-charts").hidden = false;
      for (const fold of folds()) fold.open = true;
    }
  })();
})();
