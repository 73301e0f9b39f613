// The final assessment: rules, questions one by one, a look over them, the result. What is drawn follows from a number that is kept, so
// that only answers need keeping.

function assessment(unit, tracker) {
  const root = document.getElementById('sitting');
  const kept = tracker.state?.version === unit.version ? tracker.state : { version: unit.version, tries: tracker.state?.tries ?? [], now: null };
  let timer = 0;

  const keep = () => tracker.save(kept, passed() ? 1 : kept.tries.length || kept.now ? 0.5 : 0);
  const passed = () => kept.tries.some(attempt => attempt.passed) || tracker.passed;
  const left = () => unit.attempts ? Math.max(0, unit.attempts - kept.tries.length) : null;
  const notBefore = () => kept.tries.length && unit.waitHours ? kept.tries.at(-1).at + unit.waitHours * 3_600_000 : 0;
  const due = () => unit.minutes ? kept.now.at + unit.minutes * 60_000 : Infinity;
  const drawnNow = () => drawn(unit, [...kept.tries.map(attempt => attempt.seed), kept.now.seed]);

  function view(title, html, dock = '') {
    root.innerHTML = `<div class="page-head"><div><p class="kicker" ${inLanguage}>${esc(title === unit.title ? COURSE.title : unit.title)}</p><h1 tabindex="-1">${esc(title)}</h1></div></div>${html}`;
    document.querySelector('.dock .row').innerHTML = dock;
    root.querySelector('h1').focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  const go = (name, words, quiet = '') => `<button type="button" class="btn ${quiet}" data-go="${name}">${esc(words)}</button>`;
  document.addEventListener('click', event => {
    const target = event.target.closest?.('[data-go]');
    if (!target) return;
    const [name, at] = target.dataset.go.split(' ');
    take();
    steps[name](+at);
  });

  const steps = {
    intro() {
      const attempts = kept.tries.length;
      const state = passed() ? notice('good', 'check', t('You have passed this assessment.'))
        : kept.now ? notice('', 'info', t('You have an attempt under way. Your answers are kept.'))
        : left() === 0 ? notice('bad', 'cross', t('You have no attempt left. Speak with your instructor about what to do next.'))
        : notBefore() > Date.now() ? notice('wait', 'clock', t('Your next attempt can begin on {0}. Use the time to study again.', new Date(notBefore()).toLocaleString(COURSE.ui))) : '';
      const may = kept.now || !passed() && left() !== 0 && notBefore() <= Date.now() && !tracker.readOnly;
      view(unit.title, `${state}<section class="section"><h2>${esc(t('The rules'))}</h2><dl class="facts">
        <dt>${esc(t('Questions'))}</dt><dd>${number(unit.count)}</dd>
        <dt>${esc(t('To pass'))}</dt><dd>${esc(t('at least {0}', percent(unit.pass / 100)))}</dd>
        ${when(unit.bank.some(item => item.critical), `<dt>${esc(t('Must be right'))}</dt><dd>${esc(t('Some questions touch on safety and are marked. One of them wrong fails the attempt, whatever the score.'))}</dd>`)}
        <dt>${esc(t('Time'))}</dt><dd>${esc(unit.minutes ? t('{0} from the start, even while this page is closed', duration(unit.minutes)) : t('no limit'))}</dd>
        <dt>${esc(t('Attempts'))}</dt><dd>${esc(unit.attempts ? t('{0} of {1} left', left(), unit.attempts) : t('no limit'))}</dd>
        ${when(unit.waitHours, `<dt>${esc(t('Between attempts'))}</dt><dd>${esc(t('at least {0}', duration(unit.waitHours * 60)))}</dd>`)}
        </dl></section>${when(attempts, `<section class="section"><h2>${esc(t('Your attempts'))}</h2><ul>${kept.tries.map(told).join('')}</ul></section>`)}`,
      may ? go('start', kept.now ? t('Go on') : t('Start')) : passed() || left() === 0 ? go('leave', t('Finish')) : '');
    },

    start() {
      kept.now ??= { seed: crypto.getRandomValues(new Uint32Array(1))[0], at: Date.now(), answers: [] };
      keep();
      if (unit.minutes) timer = setTimeout(() => { take(); submit(t('Time is up. What you had answered was submitted.')); }, Math.max(0, due() - Date.now()));
      const open = drawnNow().findIndex((_, i) => !kept.now.answers[i]?.length);
      if (due() > Date.now()) steps.question(open < 0 ? 0 : open);
    },

    question(at) {
      const all = drawnNow();
      const { item, order } = all[at];
      const minutes = Math.max(0, Math.ceil((due() - Date.now()) / 60_000));
      const map = all.map((_, i) => `<li><button type="button" class="${when(kept.now.answers[i]?.length, 'answered')}" data-go="question ${i}"${when(i === at, ' aria-current="true"')}>${i + 1}<span class="vh"> (${esc(kept.now.answers[i]?.length ? t('answered') : t('open'))})</span></button></li>`);
      view(t('Question {0} of {1}', at + 1, all.length),
        `${when(unit.minutes, `<p class="chip wait">${ICONS.clock}<span>${esc(t('{0} left', duration(minutes)))}</span></p>`)}
        <form data-question="${at}">${drawQuestion(item, order, { mode: 'answer', response: kept.now.answers[at] ?? [] })}</form>
        <details class="help"><summary>${esc(t('All questions: {0} of {1} answered', all.filter((_, i) => kept.now.answers[i]?.length).length, all.length))}</summary><ol class="q-map">${map.join('')}</ol></details>`,
        when(at, go(`question ${at - 1}`, t('Previous'), 'quiet')) + (at + 1 < all.length ? go(`question ${at + 1}`, t('Next')) : go('review', t('Look over my answers'))));
    },

    review() {
      const all = drawnNow();
      const open = all.filter((_, i) => !kept.now.answers[i]?.length).length;
      view(t('Look over my answers'), `${open ? notice('wait', 'warning', t('Questions without an answer: {0} of {1}. They count as wrong.', open, all.length)) : notice('good', 'check', t('Every question has an answer.'))}
        <ol class="toc">${all.map(({ item }, i) => `<li class="${when(kept.now.answers[i]?.length, 'done')}"><button type="button" class="step" data-go="question ${i}"><span class="dot"></span><span><span class="muted">${esc(t('Question {0}', i + 1))}${when(!kept.now.answers[i]?.length, ` · ${esc(t('no answer'))}`)}</span><br><span ${inLanguage}>${esc(item.stemText.slice(0, 90))}</span></span></button></li>`).join('')}</ol>
        <p>${esc(t("Submit your answers? You can't change them afterwards."))}</p>`,
        go('question 0', t('Back to the questions'), 'quiet') + go('submit', t('Submit')));
    },

    submit: () => submit(),

    result(_, told = '') {
      const attempt = kept.tries.at(-1);
      const all = drawn(unit, kept.tries.map(({ seed }) => seed));
      const over = passed() || left() === 0;
      const objectives = [...new Set(all.map(({ item }) => item.objective))].map(id => {
        const of = attempt.marks.filter((_, i) => all[i].item.objective === id);
        return { text: unit.objectives[id] ?? id, right: of.filter(Boolean).length, count: of.length };
      });
      view(t('Result of attempt {0}', kept.tries.length), `${told}<div class="score"><strong><bdi>${percent(attempt.score)}</bdi></strong>
        <span class="chip ${attempt.passed ? 'good' : 'bad'}">${ICONS[attempt.passed ? 'check' : 'cross']}${esc(attempt.passed ? t('Passed') : t('Not passed'))}</span></div>
        <p class="muted">${esc(t('Pass mark: {0}', percent(unit.pass / 100)))}</p>
        ${when(attempt.missed, notice('bad', 'warning', t('Questions that must be right and were not: {0}. That fails the attempt, whatever the score.', attempt.missed)))}
        <section class="section"><h2>${esc(t('By objective'))}</h2><ul class="results">${objectives.map(o =>
          `<li><span ${inLanguage}>${esc(o.text)}</span><b>${esc(t('{0} of {1}', o.right, o.count))}</b><progress class="${o.right === o.count ? 'good' : 'wait'}" max="${o.count}" value="${o.right}" aria-label="${esc(t('{0} of {1} right', o.right, o.count))}"></progress></li>`).join('')}</ul></section>
        ${over && attempt.answers ? `<section class="section"><h2>${esc(t('Your answers, explained'))}</h2>${all.map(({ item, order }, i) =>
          drawQuestion(item, order, { mode: 'review', response: attempt.answers[i] ?? [], heading: t('Question {0} of {1}', i + 1, all.length) })).join('')}</section>`
        : when(!over, `<p class="muted section">${esc(t('The right answers are shown when you have passed or used your last attempt.'))}</p>`)}`,
      over || tracker.oneResult || notBefore() > Date.now() ? go('leave', t('Finish')) : go('intro', t('Try again')));
    },

    leave: () => leave(tracker, passed() || left() === 0 ? 'finish' : 'continue'),
  };

  const told = (attempt, i) => `<li>${esc(t('Attempt {0}', i + 1))}: <bdi>${percent(attempt.score)}</bdi> <span class="chip ${attempt.passed ? 'good' : 'bad'}">${esc(attempt.passed ? t('Passed') : t('Not passed'))}</span></li>`;

  /** Keeps what the question on the screen says. */
  function take() {
    const form = root.querySelector('[data-question]');
    if (!form || !kept.now) return;
    const at = +form.dataset.question;
    kept.now.answers[at] = readAnswer(drawnNow()[at].item, form).response;
    keep();
  }
  root.addEventListener('change', take);
  addEventListener('pagehide', take);
  root.addEventListener('submit', event => event.preventDefault());

  function submit(why) {
    clearTimeout(timer);
    const all = drawnNow();
    const { seed, answers } = kept.now;
    const grades = all.map(({ item }, i) => grade(item, answers[i] ?? []));
    const score = all.length ? grades.reduce((sum, g) => sum + g.score, 0) / all.length : 0;
    const missed = all.filter(({ item }, i) => item.critical && !grades[i].correct).length;
    const isPassed = !missed && Math.round(score * 1e8) / 1e6 >= unit.pass;
    for (const attempt of kept.tries) delete attempt.answers;
    kept.tries.push({ seed, at: Date.now(), score, passed: isPassed, missed, marks: grades.map(g => +g.correct), answers: all.map((_, i) => answers[i] ?? []) });
    kept.now = null;
    keep();
    // The standards judge by the score alone: what fails by a question that must be right counts as just below the mark.
    const counted = isPassed ? score : Math.min(score, unit.pass / 100 - 0.01);
    all.forEach(({ item }, i) => { if (answers[i]?.length) tracker.answered(item, answers[i], grades[i].correct); });
    tracker.report({ completed: isPassed, passed: isPassed, scaled: Math.max(0, counted) });
    steps.result(0, why ? notice('wait', 'clock', why) : '');
  }

  steps.intro();
}

/** As many items of each objective as the blueprint says, those of the sitting before only where there are no others. */
function drawn(unit, seeds) {
  let previous = new Set(), items = [];
  for (const seed of seeds) {
    const random = generator(seed);
    const chosen = Object.entries(unit.blueprint).flatMap(([objective, count]) => mixed(unit.bank.filter(item => item.objective === objective), random)
      .sort((a, b) => previous.has(a.id) - previous.has(b.id)).slice(0, count));
    items = mixed([...new Set(chosen)], random).map(item => ({ item, order: orderOf(item, random) }));
    previous = new Set(items.map(({ item }) => item.id));
  }
  return items;
}

function orderOf(item, random) {
  const natural = [...(item.options ?? item.rows ?? item.steps ?? [])].map((_, i) => i);
  const order = mixed(natural, random);
  // Steps must not stand in their right order.
  return item.type === 'ordering' && order.length > 1 && order.every((step, i) => step === i) ? [...order.slice(1), order[0]] : order;
}

function mixed(list, random) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

// Mulberry32: the same numbers from the same seed in every browser.
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), seed | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}
