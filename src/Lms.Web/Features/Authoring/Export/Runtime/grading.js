// Grades a response as the site does. It is a list of strings: indexes of options, steps or columns, or what was typed.

const wrong = { correct: false, score: 0, feedback: [] };
const right = { correct: true, score: 1, feedback: [] };

const graders = {
  choice(item, response) {
    const chosen = indexes(response, item.options.length);
    if (!chosen?.length || !item.multiple && chosen.length !== 1) return wrong;
    const key = item.options.filter(o => o.right).length;
    const hits = chosen.filter(i => item.options[i].right).length;
    const misses = chosen.length - hits;
    const correct = misses === 0 && hits === key;
    const feedback = chosen.sort((a, b) => a - b).filter(i => item.options[i].rationaleHtml).map(i => ({ index: i, html: item.options[i].rationaleHtml }));
    return { correct, score: correct ? 1 : !item.multiple ? 0 : Math.max(0, hits - misses) / Math.max(1, key), feedback };
  },
  text: (item, [answer, more]) => answer !== undefined && more === undefined && item.answers.some(a => sameText(a, answer)) ? right : wrong,
  number(item, [answer, more]) {
    if (answer === undefined || more !== undefined) return wrong;
    const values = numbersIn(answer, item.unit);
    const is = value => values.some(v => near(v, value, item.tolerance ?? 0));
    if (is(item.value)) return right;
    const mistake = (item.mistakes ?? []).findIndex(m => is(m.value));
    return mistake < 0 ? wrong : { ...wrong, feedback: [{ index: mistake, html: item.mistakes[mistake].rationaleHtml }] };
  },
  cloze(item, response) {
    const gaps = gapsOf(item);
    if (response.length > gaps.length || !gaps.length) return wrong;
    const hits = gaps.filter((gap, i) => isGapRight(gap, response[i])).length;
    return { correct: hits === gaps.length, score: hits / gaps.length, feedback: [] };
  },
  matching(item, response) {
    if (response.length > item.rows.length || !item.rows.length) return wrong;
    const missed = item.rows.map((row, i) => i).filter(i => index(response[i], item.columns.length) !== item.rows[i].column);
    const hits = item.rows.length - missed.length;
    const feedback = missed.filter(i => item.rows[i].rationaleHtml).map(i => ({ index: i, html: item.rows[i].rationaleHtml }));
    return { correct: !missed.length, score: hits / item.rows.length, feedback };
  },
  ordering(item, response) {
    const order = indexes(response, item.steps.length);
    if (!order || order.length !== item.steps.length || !order.length) return wrong;
    const hits = order.filter((step, place) => step === place).length;
    return { correct: hits === order.length, score: hits / order.length, feedback: [] };
  },
};

const grade = (item, response) => graders[item.type](item, response);

const gapsOf = item => item.parts.filter(part => part.gap).map(part => part.gap);

function isGapRight(gap, answer) {
  if (answer === undefined) return false;
  if (!gap.choices.length && gap.value !== undefined) return numbersIn(answer).some(v => near(v, gap.value, gap.tolerance ?? 0));
  return gap.answers.some(a => a === answer && gap.choices.length || sameText(a, answer));
}

const index = (text, count) => /^\d{1,9}$/.test(text ?? '') && +text < count ? +text : -1;

// Null when an index is malformed, out of range or named twice.
function indexes(response, count) {
  if (response.length > count) return null;
  const all = response.map(text => index(text, count));
  return all.includes(-1) || new Set(all).size !== all.length ? null : all;
}
