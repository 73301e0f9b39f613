// What a content object said, on its way to the server. A commit is kept on this device before it is sent and until the server has
// answered; it has a number within its session, so that sending it twice does what sending it once does.

const waitAtMost = 30_000;
const beaconLimit = 60_000; // The browser's own is 64 kB for all requests that outlive their page.
const requestLimit = 1_000_000;

export class CommitQueue {
  #key;
  #send;
  #heard;
  #pending = [];
  #busy = null;
  #failures = 0;
  #timer = 0;
  #stopped = false;

  /**
   * @param key where this device keeps the commits of an attempt
   * @param send (commits, lasting) → { status, body }; rejects when there is no network
   * @param heard (state, at, body) hears what became of them: saving, device, server, elsewhere, expired or failed
   */
  constructor(key, send, heard) {
    [this.#key, this.#send, this.#heard] = [key, send, heard];
    try { this.#pending = JSON.parse(localStorage.getItem(key)) ?? []; } catch { /* Nothing readable was kept. */ }
    addEventListener('online', () => { this.#failures = 0; this.flush(); });
  }

  get size() { return this.#pending.length; }

  /** Whether the last try did not reach the server. */
  get stuck() { return this.#failures > 0; }

  /** Keeps a commit and sends it; resolves with the server's answer to it, or null when another window took over. */
  add(commit) {
    let done;
    const answered = new Promise(resolve => { done = resolve; });
    this.#pending.push({ ...commit, done });
    this.#keep();
    this.#heard('saving');
    this.flush();
    return answered;
  }

  /** Sends what waits, one request at a time. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#busy || this.#stopped || !this.#pending.length) return this.#busy;
    this.#busy = this.#flushAll();
    await this.#busy;
    this.#busy = null;
    if (this.#pending.length && !this.stuck) this.flush();
  }

  /** Sends in one go what may outlive the page. It stays kept: the next opening sends it again, which changes nothing. */
  flushAtLast() {
    if (this.#stopped || !this.#pending.length) return;
    const commits = this.#pending.map(plain);
    if (JSON.stringify(commits).length < beaconLimit) this.#send(commits, true).catch(() => { /* It is kept. */ });
  }

  stop() { this.#stopped = true; clearTimeout(this.#timer); }

  async #flushAll() {
    const sent = this.#first(requestLimit);
    try {
      const { status, body } = await this.#send(sent.map(plain), false);
      if (status === 200) return this.#done(sent, body);
      if (status === 409) { this.#done(sent, null); return this.#heard('elsewhere'); }
      if (status === 401 || status === 403) { this.#failures++; return this.#heard('expired', keptAt(sent)); }
      if (status === 400 || status === 413) { this.#done(sent, body); return this.#heard('failed'); }
    } catch { /* No network: later. */ }
    this.#failures++;
    this.#heard('device', keptAt(sent));
    const wait = Math.min(waitAtMost, 1_000 * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => this.flush(), wait * (.75 + Math.random() / 2));
  }

  /** The first commits that go into one request; one always does. */
  #first(limit) {
    let size = 0;
    const end = this.#pending.findIndex((commit, i) => (size += JSON.stringify(plain(commit)).length) > limit && i > 0);
    return end < 0 ? [...this.#pending] : this.#pending.slice(0, end);
  }

  #done(sent, body) {
    this.#failures = 0;
    this.#pending = this.#pending.filter(commit => !sent.includes(commit));
    this.#keep();
    if (body) this.#heard('server', new Date(), body);
    for (const commit of sent) commit.done?.(body);
  }

  #keep() {
    try {
      if (this.#pending.length) localStorage.setItem(this.#key, JSON.stringify(this.#pending.map(plain)));
      else localStorage.removeItem(this.#key);
    } catch { /* A full or forbidden store: the server is still tried at once. */ }
  }
}

const plain = ({ done, ...commit }) => commit;
const keptAt = commits => new Date(commits[0].at);
