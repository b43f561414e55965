// Data and words for the scripts of the map.

// What browser/script_data.py encoded: JSON in UTF-8 in Base64.
const eventData = (encoded) =>
  JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0))));

// Numbers, plurals and days as the reader chose: `reading` comes from browser/words.py.
const eventWords = (reading) => {
  const rules = new Intl.PluralRules(reading.lang);
  const DAY = 86400000;
  const INDIC = "٠١٢٣٤٥٦٧٨٩";
  const digits = (text) => (reading.digits === "arab"
    ? String(text).replace(/\d/g, (digit) => INDIC[digit]) : String(text));
  const number = (value) => digits(value.toLocaleString("en")
    .replace(/,/g, reading.digits === "arab" ? "٬" : ",").replace(".", reading.digits === "arab" ? "٫" : "."));
  // At most four characters, e.g. 950, 1.8k, 275k.
  const short = (value) =>
    digits(new Intl.NumberFormat("en", { notation: "compact" }).format(value).toLowerCase());
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) =>
    (name in values ? (typeof values[name] === "number" ? number(values[name]) : values[name]) : whole));
  const date = (days) => new Date(days * DAY);
  // Isolated, or its hyphens would turn an ISO date round in a line of Arabic.
  // Between Arabic-Indic digits they would all the same, so each is marked too.
  const hyphen = reading.digits === "arab" ? "\u200e-\u200e" : "-";
  const iso = (days, length) =>
    `\u2066${digits(date(days).toISOString().slice(0, length)).replaceAll("-", hyphen)}\u2069`;
  const month = (days) => (reading.dates === "iso" ? iso(days, 7)
    : `${reading.months[date(days).getUTCMonth()]} ${digits(date(days).getUTCFullYear())}`);
  const day = (days) => (reading.dates === "iso" ? iso(days, 10)
    : `${digits(date(days).getUTCDate())} ${month(days)}`);
  return {
    number, short, digits, fill, day, month,
    plural: (forms, n, values) => fill(forms[rules.select(n)] || forms.other, { n, ...values }),
    range: (start, end) => (start === end ? day(start) : fill(reading.range, { start: day(start), end: day(end) })),
    list: (items) => items.join(reading.comma),
  };
};
