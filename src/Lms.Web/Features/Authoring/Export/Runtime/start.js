// Every page: finds the learning platform, shows the unit, and says good-bye.

async function leave(tracker, how) {
  document.querySelectorAll('.dock button').forEach(button => { button.disabled = true; });
  await tracker.leave(how);
  document.querySelector('.dock .row').innerHTML = '';
  show('saved', tracker.farewell ?? t('Done. Choose what comes next in your learning platform.'));
}

async function start() {
  const unit = JSON.parse(document.getElementById('unit').textContent);
  const tracker = await connect(unit).catch(() => null) ?? alone();
  const previous = document.querySelector('[data-previous]');
  if (previous && tracker.can('previous')) {
    previous.hidden = false;
    previous.addEventListener('click', () => leave(tracker, 'previous'));
  }
  for (const link of document.querySelectorAll('[data-target]')) {
    if (link.localName === 'button') link.disabled = !tracker.can('choice', link.dataset.target);
    link.addEventListener('click', event => {
      event.preventDefault();
      if (tracker.can('choice', link.dataset.target)) leave(tracker, `{target=${link.dataset.target}}choice`);
    });
  }
  (unit.bank ? assessment : lesson)(unit, tracker);
  // After what the unit itself does when the page goes: what it keeps must come before the end.
  addEventListener('pagehide', () => tracker.leave('suspend'));
  // A page that is brought back would go on in a session that has ended.
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
  document.body.dataset.ready = '';
}

/** Without a learning platform the pages can be read and tried out; nothing is kept. */
function alone() {
  show('device', t('There is no learning platform here: nothing is recorded.'));
  return {
    state: null, completed: false, passed: false, readOnly: false, oneResult: false, farewell: t('There is no learning platform here: nothing is recorded.'),
    can: () => false, save() {}, answered() {}, report() {}, leave: async () => {},
  };
}

start();
