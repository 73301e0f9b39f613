// cmi5: statements and state over HTTP, by the launch parameters in this page's address.

const adl = name => ({ id: `http://adlnet.gov/expapi/verbs/${name}`, display: { en: name } });
const categories = { cmi5: 'https://w3id.org/xapi/cmi5/context/categories/cmi5', moveOn: 'https://w3id.org/xapi/cmi5/context/categories/moveon' };

async function connect() {
  const launch = new URLSearchParams(location.search);
  if (!launch.has('endpoint') || !launch.has('fetch')) return null;
  const [endpoint, activityId, registration] = [launch.get('endpoint').replace(/\/?$/, '/'), launch.get('activityId'), launch.get('registration')];
  const actor = JSON.parse(launch.get('actor'));
  const token = await tokenFrom(launch.get('fetch'));

  const call = (resource, query, options = {}) => fetch(`${endpoint}${resource}?${new URLSearchParams(query)}`, {
    cache: 'no-store', ...options,
    headers: { Authorization: `Basic ${token}`, 'X-Experience-API-Version': '1.0.3', ...options.body && { 'Content-Type': 'application/json' } },
  });
  const read = async (resource, query) => {
    const reply = await call(resource, query);
    return reply.ok ? reply.json() : null;
  };
  const agent = JSON.stringify(actor);
  const about = { activityId, agent, registration };
  const data = await read('activities/state', { ...about, stateId: 'LMS.LaunchData' });
  if (!data) return null;
  // Asking for them is a duty, even where nothing follows from the answer. (cmi5 11)
  await read('agents/profile', { agent, profileId: 'cmi5LearnerPreferences' });
  const kept = await read('activities/state', { ...about, stateId: 'course' }) ?? {};

  const began = Date.now();
  const readOnly = data.launchMode !== 'Normal';
  const taken = () => `PT${Math.round((Date.now() - began) / 10) / 100}S`;
  let ended = false;

  const statement = (verb, { result, category = [], object, extensions = {} } = {}) => ({
    id: uuid(), timestamp: new Date().toISOString(), actor, verb: adl(verb), object: object ?? { id: activityId }, ...result && { result },
    context: {
      ...data.contextTemplate, registration,
      contextActivities: {
        ...data.contextTemplate.contextActivities,
        ...category.length && { category: [...data.contextTemplate.contextActivities?.category ?? [], ...category.map(id => ({ id }))] },
      },
      extensions: { ...data.contextTemplate.extensions, ...extensions },
    },
  });

  // One after the other: the order of what is said is part of the rules.
  let last = Promise.resolve(true);
  const inTurn = work => last = last.then(work).then(heard, () => heard(false));
  const insist = async request => {
    for (let tries = 0; ; tries++) {
      const reply = await request().catch(() => null);
      if (reply && reply.status < 500) return reply.ok;
      if (tries === 4) return false;
      await new Promise(done => setTimeout(done, 500 * 2 ** tries));
    }
  };
  const say = (said, lasting = false) => inTurn(() => insist(() => call('statements', {}, { method: 'POST', body: JSON.stringify([said].flat()), keepalive: lasting })));
  const keep = () => inTurn(() => insist(() => call('activities/state', { ...about, stateId: 'course' }, { method: 'PUT', body: JSON.stringify(kept) })));

  await say(statement('initialized', { category: [categories.cmi5] }));
  return {
    state: kept.state ?? null, completed: !!kept.completed, passed: !!kept.passed, readOnly,
    // A session has one result: the next attempt is a launch of its own. (cmi5 9.3)
    oneResult: true,
    can: () => false,
    save(state) {
      kept.state = state;
      keep();
    },
    answered(item, response, correct) {
      const object = { id: `${activityId}#${item.id}`, definition: { name: { [COURSE.language]: item.stemText }, type: 'http://adlnet.gov/expapi/activities/cmi.interaction', interactionType: 'other' } };
      say(statement('answered', { object, result: { success: correct, response: asInteraction(item, response, '[,]', '[.]')[1] } }));
    },
    report({ completed, passed, scaled }) {
      if (readOnly) return;
      const judged = [categories.cmi5, categories.moveOn];
      if (passed !== undefined && !kept.passed) {
        const score = passed ? Math.round(scaled * 1e4) / 1e4 : Math.floor(scaled * 1e4) / 1e4;
        say(statement(passed ? 'passed' : 'failed', {
          category: judged, result: { success: passed, score: { scaled: score }, duration: taken() },
          extensions: data.masteryScore === undefined ? {} : { 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': data.masteryScore },
        }));
      }
      if (completed && !kept.completed) say(statement('completed', { category: judged, result: { completion: true, duration: taken() } }));
      [kept.completed, kept.passed] = [kept.completed || !!completed, kept.passed || !!passed];
      keep();
    },
    async leave(how) {
      if (ended) return;
      ended = true;
      const gone = statement('terminated', { category: [categories.cmi5], result: { duration: taken() } });
      // A page that goes away waits for nothing.
      if (how === 'suspend') {
        call('statements', {}, { method: 'POST', body: JSON.stringify([gone]), keepalive: true }).catch(() => {});
        return;
      }
      await last;
      gone.timestamp = new Date().toISOString();
      await say(gone);
      if (data.returnURL) location.assign(data.returnURL);
    },
  };
}

// The address gives the token once; a page that is loaded again has it from before.
async function tokenFrom(address) {
  const known = sessionStorage.getItem(address);
  if (known) return known;
  const reply = await fetch(address, { method: 'POST' });
  const token = (await reply.json())['auth-token'];
  if (!token) throw new Error('The launch has been used.');
  sessionStorage.setItem(address, token);
  return token;
}

function heard(done) {
  const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  show(done ? 'saved' : 'failed', done ? t('Handed to your learning platform at {0}', time) : t('Your learning platform does not take what you do. Close this page and open it again.'));
  return done;
}

// crypto.randomUUID is there only on sites with TLS.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return [...bytes].map((byte, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}
