// Reads what people type as the site does: in any script's digits, with a decimal comma or point, with any spaces.

const plainMarks = { '\u2019': "'", '\u2018': "'", '\u00b4': "'", '`': "'", '\u02bc': "'", '\u2010': '-', '\u2011': '-', '\u2013': '-', '\u2212': '-' };

function digit(character) {
  const code = character.codePointAt(0);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}

function plain(text) {
  if (text.length > 500) return '';
  return [...text.normalize('NFKC')]
    .filter(c => !/[\p{Cf}\p{Cc}]/u.test(c) || /\s/.test(c))
    .map(c => /\p{Nd}/u.test(c) ? `${digit(c)}` : plainMarks[c] ?? c.toLowerCase())
    .join('').replace(/\s+/g, ' ').trim();
}

const sameText = (a, b) => plain(a) === plain(b) && plain(a) !== '';

/** Every value that the text may stand for: "1,500" is 1.5 to some and 1500 to others. */
function numbersIn(text, unit = '') {
  let digits = plain(text);
  const suffix = plain(unit);
  if (suffix && digits.endsWith(suffix)) digits = digits.slice(0, -suffix.length);
  digits = digits.replace(/[\s'\u066c]/g, '').replace(/\u066b/g, ',');
  const decimal = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? pointed(digits, ',', '.') : pointed(digits, '.', ',');
  return [decimal, grouped(digits, ','), grouped(digits, '.')].filter(value => value !== null);
}

function pointed(digits, point, group) {
  if (digits.split(point).length > 2 || digits.includes(group) && !isGrouped(digits.split(point)[0], group)) return null;
  return parsed(digits.replaceAll(group, '').replace(point, '.'));
}

const grouped = (digits, group) => digits.includes(group) && isGrouped(digits, group) ? parsed(digits.replaceAll(group, '')) : null;

function isGrouped(digits, group) {
  const parts = digits.replace(/^[-+]+/, '').split(group);
  return /^\d{1,3}$/.test(parts[0]) && parts[0] !== '0' && parts.slice(1).every(part => /^\d{3}$/.test(part));
}

function parsed(digits) {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(digits)) return null;
  const value = Number(digits);
  return Math.abs(value) <= 1e20 ? value : null;
}

// Decimal fractions are not exact here, as they are on the site.
const near = (value, right, tolerance) => Math.abs(value - right) <= tolerance + 1e-12 * Math.max(1, Math.abs(right));
