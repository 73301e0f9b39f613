// A lesson: its checks are answered and explained in place; "done" completes it.

function lesson(unit, tracker) {
  const kept = { answers: {}, done: tracker.completed, ...tracker.state };
  const forms = [...document.querySelectorAll('form[data-check]')];
  const checks = forms.map(form => unit.checks[form.dataset.check]);
  const doneButton = document.querySelector('[data-done]');

  const draw = (at, view) => {
    const { item, order } = checks[at];
    forms[at].innerHTML = drawQuestion(item, order, { heading: t('Check yourself'), ...view });
  };
  const drawKept = at => {
    const response = kept.answers[checks[at].item.id];
    draw(at, response ? { mode: 'feedback', response, button: t('Answer again') } : { mode: 'answer', response: [], button: t('Check the answer') });
  };
  const progress = () => kept.done ? 1 : checks.filter(({ item }) => kept.answers[item.id]).length / (checks.length + 1);

  forms.forEach((form, at) => {
    drawKept(at);
    form.addEventListener('submit', event => {
      event.preventDefault();
      const { item } = checks[at];
      const { response, problem } = readAnswer(item, form);
      if (problem) {
        draw(at, { mode: 'answer', response, problem, button: t('Check the answer') });
      } else {
        kept.answers[item.id] = response;
        drawKept(at);
        tracker.save(kept, progress());
        tracker.answered(item, response, grade(item, response).correct);
      }
      form.querySelector('.answer, .error')?.focus();
    });
  });

  if (kept.done) doneButton.textContent = t('Continue');
  doneButton.hidden = false;
  doneButton.addEventListener('click', async () => {
    if (!kept.done) {
      kept.done = true;
      tracker.save(kept, 1);
      tracker.report({ completed: true });
    }
    await leave(tracker, unit.last ? 'finish' : 'continue');
  });
}
