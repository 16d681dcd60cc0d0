/* Sorts, filters, pages and links the tables, which are complete without it. */
(() => {
  "use strict";

  // English to the reader's language.
  const words = JSON.parse(document.currentScript?.dataset.parityWords || "{}");
  const say = (text, values) =>
    (words[text] || text).replace(/{(\w+)}/g, (_, name) => values[name]);

  const FAMILY = /^parity-(status|type|verdict|severity|review|result)-(.+)/;
  const ORDER = (
    "implemented partial designed planned exception error warning info " +
    "verified moved unknown excluded disabled expected-failure not-found gone"
  ).split(" ");
  // More rows than this are not laid out between two keystrokes: they get pages.
  const MOST = 300;
  const LARGE = 100;
  const ALL = 1e9;
  const NARROW = matchMedia("(max-width: 40em)");

  const collator = new Intl.Collator(document.documentElement.lang || "en", {
    numeric: true,
    sensitivity: "base",
  });
  const groups = [];

  const make = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    node.append(...children);
    return node;
  };
  const button = (name, act, ...children) => {
    const node = make("button", { type: "button", class: name }, ...children);
    node.addEventListener("click", act);
    return node;
  };
  const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const fold = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const headsOf = (node) => {
    const around = [...node.parentNode.children];
    return around.slice(0, around.indexOf(node));
  };
  const onlyHeads = (nodes) =>
    nodes.every((node) => node.hidden || /^(H\d|SPAN)$/.test(node.tagName));
  const frameOf = (table) => table.closest(".parity-scroll") || table;

  class Row {
    constructor(node, place) {
      this.node = node;
      // And those below it.
      this.nodes = [node];
      this.place = place;
      this.off = false;
      this.keys = [...node.classList].filter((name) => FAMILY.test(name));
      this.values = [];
    }

    get text() {
      return (this.folded ??= fold(this.nodes.map((node) => node.textContent).join(" ")));
    }

    // A glyph and a lone dash are nothing to sort by.
    value(column) {
      return (this.values[column] ??=
        (this.node.cells[column]?.textContent || "").replace(/^[^\p{L}\p{N}]+/u, ""));
    }
  }

  /* What stands below one heading row; sorting stays within. */
  class Part {
    constructor(body, head) {
      this.body = body;
      this.head = head;
      this.rows = [];
    }

    arrange(rows) {
      this.body.append(...(this.head ? [this.head] : []), ...rows.flatMap((row) => row.nodes));
    }
  }

  const partsOf = (table, rows) => {
    const parts = [];
    for (const body of table.tBodies) {
      let part = null;
      for (const node of body.rows) {
        if (node.classList.contains("parity-below")) {
          rows.at(-1)?.nodes.push(node);
          continue;
        }
        if (!node.id || !part) {
          parts.push((part = new Part(body, node.id ? null : node)));
        }
        if (node.id) part.rows.push(rows[rows.push(new Row(node, rows.length)) - 1]);
      }
    }
    return parts;
  };

  /* Tables with one set of controls. */
  class Group {
    constructor(tables, key) {
      this.tables = tables;
      this.key = key;
      this.rows = [];
      this.parts = tables.flatMap((table) => partsOf(table, this.rows));
      this.size = +tables[0].dataset.perPage || (this.rows.length > MOST ? LARGE : ALL);
      this.chosen = new Set();
      this.query = "";
      this.column = this.page = 0;
      this.chips = new Map();
      if (this.rows.length < 2) return;
      this.addTools();
      tables.forEach((table) => this.addSorting(table));
      this.restore();
      this.sort();
      this.apply();
    }

    addTools() {
      const [table] = this.tables;
      const caption = this.tables.length < 2 && table.caption;
      const name = caption ? plain(caption) : "";
      this.field = make("input", { type: "search", autocomplete: "off" });
      this.field.addEventListener("input", () => {
        this.query = this.field.value;
        this.change();
      });
      this.count = make("span", { class: "parity-count", role: "status", "aria-live": "polite" });
      this.reset = button("parity-clear", () => {
        this.clear();
        this.field.focus();
      }, say("Clear"));
      const label = make("label", {}, make("span", {}, say("Search")), this.field);
      const chips = make("span", { class: "parity-chips" }, ...this.makeChips());
      const title = name ? say("Filter: {name}", { name }) : say("Filter the table");
      const tools = make("div", { class: "parity-tools", role: "group", "aria-label": title });
      if (caption) {
        tools.append(make("div", { class: "parity-title", "aria-hidden": "true" }, name));
        caption.classList.add("parity-hidden");
      }
      tools.append(label, chips, this.reset, this.count);
      // Right above its tables, and above the heading of the first of several.
      let place = frameOf(table);
      const last = this.tables.at(-1);
      while (!place.parentNode.contains(last) && onlyHeads(headsOf(place))) {
        place = place.parentNode;
      }
      this.none = make("p", { class: "parity-empty" }, say("No row matches."));
      place.before(tools, this.none);
      if (this.rows.length > this.size) this.addPages();
    }

    makeChips() {
      const found = new Map();
      for (const row of this.rows) {
        for (const key of row.keys) {
          if (!found.has(key)) found.set(key, new Map());
          const mark = row.node.querySelector(`.parity-mark.${CSS.escape(key)}`);
          if (mark) found.get(key).set(plain(mark), mark);
        }
      }
      const rank = ([key]) => (ORDER.indexOf(key.match(FAMILY)[2]) + 99) % 99;
      return [...found].sort((a, b) => rank(a) - rank(b)).map((pair) => this.makeChip(...pair));
    }

    // The word of the table; if it has several, ours.
    makeChip(key, marks) {
      const word = key.match(FAMILY)[2].replace(/-/g, " ");
      const mark = make("span", { class: `parity-mark ${key}` });
      if (marks.size === 1) {
        const [only] = marks.values();
        mark.className = only.className;
        mark.append(...only.cloneNode(true).childNodes);
      } else {
        mark.append(say(word[0].toUpperCase() + word.slice(1)));
      }
      const count = make("span", { class: "parity-number" });
      const chip = button("parity-chip", () => {
        if (!this.chosen.delete(key)) this.chosen.add(key);
        this.change();
      }, mark, " ", count);
      this.chips.set(key, { chip, count });
      return chip;
    }

    addPages() {
      const turn = (by) => () => {
        this.page += by;
        this.change(this.page);
      };
      this.where = make("span", { "aria-live": "polite" });
      this.back = button("", turn(-1), say("Previous"));
      this.forth = button("", turn(1), say("Next"));
      const all = button("", () => {
        this.size = ALL;
        this.pages.remove();
        this.change();
      }, say("Show all"));
      this.pages = make("div", { class: "parity-pages", role: "group", "aria-label": say("Pages") },
        this.back, this.where, this.forth, all);
      frameOf(this.tables.at(-1)).after(this.pages);
    }

    addSorting(table) {
      const head = table.tHead;
      if (!head || head.rows.length > 1 || table.querySelector("tbody [rowspan]")) return;
      [...head.rows[0].cells].forEach((cell, column) => {
        if (cell.colSpan > 1 || cell.querySelector("a, button") || !plain(cell)) return;
        const home = cell.querySelector("p") || cell;
        home.append(button("parity-sort", () => this.turn(column + 1), ...home.childNodes));
      });
    }

    turn(column) {
      // Up, down, as written.
      this.column = this.column === column ? -column : this.column === -column ? 0 : column;
      this.sort();
      this.change();
    }

    clear() {
      this.query = "";
      this.chosen.clear();
      this.change();
    }

    change(page = 0) {
      this.page = page;
      this.forced = null;
      this.apply();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.remember(), 150);
    }

    reveal(row) {
      const place = this.matches.indexOf(row);
      if (place >= 0) this.page = Math.floor(place / this.size);
      this.forced = row;
      this.apply();
    }

    sort() {
      const column = Math.abs(this.column) - 1;
      const sign = this.column < 0 ? -1 : 1;
      const compare = (a, b) => {
        const [x, y] = [a.value(column), b.value(column)];
        // Empty cells come last, either way round.
        const order = !x || !y ? !x - !y : x === y ? 0 : sign * collator.compare(x, y);
        return order || a.place - b.place;
      };
      for (const part of this.parts) part.rows.sort(compare);
      this.moved ||= this.column;
      for (const table of this.tables) {
        for (const cell of table.tHead?.rows[0]?.cells || []) {
          cell.removeAttribute("aria-sort");
          if (cell.cellIndex === column) {
            cell.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
          }
        }
      }
    }

    find(counts) {
      const tokens = fold(this.query).split(/\s+/).filter(Boolean);
      const matches = [];
      for (const part of this.parts) {
        for (const row of part.rows) {
          if (!tokens.every((token) => row.text.includes(token))) continue;
          for (const key of row.keys) counts[key] = (counts[key] || 0) + 1;
          if (!this.chosen.size || row.keys.some((key) => this.chosen.has(key))) matches.push(row);
        }
      }
      return matches;
    }

    apply() {
      const counts = {};
      this.matches = this.find(counts);
      const pages = Math.max(1, Math.ceil(this.matches.length / this.size));
      this.page = Math.min(Math.max(this.page, 0), pages - 1);
      const from = this.page * this.size;
      const shown = new Set(this.matches.slice(from, from + this.size));
      if (this.forced) shown.add(this.forced);
      this.hide(shown);
      this.tell(counts, pages);
    }

    hide(shown) {
      const filled = new Set();
      for (const part of this.parts) {
        const on = part.rows.filter((row) => shown.has(row));
        for (const row of part.rows) {
          const off = !shown.has(row);
          if (row.off !== off) {
            row.off = off;
            for (const node of row.nodes) node.hidden = off;
          }
        }
        if (part.head) part.head.hidden = !on.length;
        if (on.length) filled.add(part.body.parentNode);
        // What is hidden need not move; that is most of the time.
        if (this.moved) part.arrange(on);
      }
      if (this.tables.length > 1) {
        for (const table of this.tables) {
          const frame = frameOf(table);
          frame.hidden = !filled.has(table);
          // Of a section with nothing else the heading goes, too.
          const section = frame.closest("section");
          section.hidden = frame.hidden && onlyHeads([...section.children]);
        }
      }
    }

    tell(counts, pages) {
      this.field.value = this.query;
      this.chips.forEach(({ chip, count }, key) => {
        chip.setAttribute("aria-pressed", this.chosen.has(key));
        count.textContent = counts[key] || 0;
      });
      this.none.hidden = this.matches.length || this.forced;
      this.reset.hidden = !this.query && !this.chosen.size;
      this.count.textContent = say("{shown} of {all} shown", {
        shown: this.matches.length,
        all: this.rows.length,
      });
      if (!this.where) return;
      this.pages.hidden = pages < 2;
      this.where.textContent = say("Page {page} of {pages}", { page: this.page + 1, pages });
      this.back.disabled = !this.page;
      this.forth.disabled = this.page > pages - 2;
    }

    remember() {
      const url = new URL(location.href);
      const state = {
        q: this.query,
        is: [...this.chosen].map((key) => key.slice(7)).join(),
        sort: this.column || "",
        page: this.page ? this.page + 1 : "",
      };
      for (const name in state) {
        const key = `${this.key}.${name}`;
        if (state[name]) url.searchParams.set(key, state[name]);
        else url.searchParams.delete(key);
      }
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // Some browsers forbid it to files.
      }
    }

    restore() {
      const state = new URLSearchParams(location.search);
      const get = (name) => state.get(`${this.key}.${name}`) || "";
      this.query = get("q");
      for (const word of get("is").split(",")) {
        if (this.chips.has(`parity-${word}`)) this.chosen.add(`parity-${word}`);
      }
      const column = parseInt(get("sort"), 10) || 0;
      if (Math.abs(column) <= this.tables[0].tHead?.rows[0].cells.length) this.column = column;
      this.page = (parseInt(get("page"), 10) || 1) - 1;
    }
  }

  const addLinks = (table) => {
    for (const row of table.querySelectorAll("tbody tr[id]")) {
      const home = row.cells[0]?.querySelector("p") || row.cells[0];
      const href = `#${encodeURIComponent(row.id)}`;
      const name = say("Link to {name}", { name: plain(home) });
      home.append(make("a", { class: "parity-link", href, "aria-label": name }));
    }
  };

  /* Let paths and names break at their joints. */
  const loosen = (table) => {
    if (table.rows.length > MOST) return;
    table.classList.add("parity-loose");
    for (const code of table.querySelectorAll("code .pre")) {
      const parts = code.textContent.split(/(?<=[/:_])(?=[^/:_])|(?<=[a-z])(?=[A-Z])/);
      code.replaceChildren(...parts.flatMap((part) => [part, make("wbr")]).slice(0, -1));
    }
  };

  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let height = 0;
  const findBar = () => {
    const bar = document.elementsFromPoint(innerWidth / 2, 1).find((node) =>
      /sticky|fixed/.test(getComputedStyle(node).position) && !node.closest(".parity-table"));
    const found = Math.round(bar?.getBoundingClientRect().bottom || 0);
    if (found === height || found > innerHeight / 3) return;
    height = found;
    sheet.replaceSync(`:root { --parity-bar: ${found}px }`);
  };

  /* The header of a table that fits stays at the top of the window, below the theme's bar; a
     wider table scrolls by itself.  What is unfolded moves nothing. */
  const fit = ({ type }) => {
    if (NARROW.matches) groups.forEach(({ tables }) => tables.forEach(label));
    for (const frame of document.querySelectorAll(".parity-scroll")) {
      const { width } = frame.querySelector("table, svg").getBoundingClientRect();
      const fits = width < frame.clientWidth + 1;
      frame.classList.toggle("parity-fits", fits);
      if (type !== "toggle") frame.classList.toggle("parity-wide", !fits);
      // What could scroll, and has nothing to, would hold the header back.
      for (let node = frame; (node = node.parentElement); ) {
        const over = node.scrollHeight > node.clientHeight || node.scrollWidth > node.clientWidth;
        const scrolls = /auto|scroll/.test(getComputedStyle(node).overflow);
        if (scrolls && !over) node.classList.add("parity-through");
      }
    }
  };

  /* On a phone a row is a card, values beside their headers; the first header sorts them all. */
  const label = (table, place) => {
    if (table.matches(".parity-cards") || table.querySelector("[rowspan]") || !table.tHead) return;
    const heads = [...table.tHead.rows[0].cells].map(plain);
    table.classList.add("parity-cards");
    if (place || !table.querySelector("button")) table.tHead.className = "parity-none";
    for (const cell of table.querySelectorAll("tbody tr[id] > *")) {
      cell.dataset.label = heads[cell.cellIndex];
      if (/^[-–—]?$/.test(plain(cell))) cell.classList.add("parity-none");
    }
  };

  const reveal = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // As it stands.
    }
    const node = id && document.getElementById(id)?.closest(".parity-table tbody tr");
    for (const group of groups) {
      if (group.tables.some((table) => table.closest("section[hidden]")?.id === id)) group.clear();
    }
    document.querySelector(".parity-target")?.classList.remove("parity-target");
    if (!node) return;
    for (const group of groups) {
      const row = group.rows.find((row) => row.node === node);
      if (row && group.field) group.reveal(row);
    }
    node.classList.add("parity-target");
    node.scrollIntoView({ block: "center" });
  };

  /* An author's tables with the same columns are one matrix in sections. */
  const gather = () => {
    const alike = new Map();
    for (const table of document.querySelectorAll("table.parity-table")) {
      const view = table.closest(".parity-view");
      const key = view ? view.id : [table.className, plain(table.tHead || table)].join();
      if (!alike.has(key)) alike.set(key, []);
      alike.get(key).push(table);
    }
    return alike.values();
  };

  let own = 0;
  for (const tables of gather()) {
    tables.forEach(addLinks);
    tables.forEach(loosen);
    const view = tables[0].closest(".parity-view");
    groups.push(new Group(tables, view?.id || `table${++own}`));
  }
  const folds = document.querySelectorAll(".parity-fold");
  // What pointing tells, by key and touch.
  const tell = (node) => {
    const marks = node.querySelectorAll(".parity-mark[title]:not(summary *), .parity-mark abbr");
    for (const mark of marks) mark.tabIndex = 0;
  };
  document.querySelectorAll(".parity-item").forEach(tell);
  folds.forEach((fold) => fold.addEventListener("toggle", (event) => fit(event, tell(fold))));
  addEventListener("scroll", findBar, { passive: true });
  addEventListener("load", fit);
  addEventListener("resize", fit);
  addEventListener("hashchange", reveal);
  // Paper has all rows, in order, and what is folded.
  let opened = [];
  addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));
  addEventListener("beforeprint", () => {
    opened = [...folds].filter((fold) => !fold.open);
    for (const fold of opened) fold.open = true;
    for (const { parts, moved } of groups) {
      if (moved) parts.forEach((part) => part.arrange(part.rows));
    }
  });
  reveal();
})();
