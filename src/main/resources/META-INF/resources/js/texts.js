/** Every word the page says, in one place. A text is a string, or a function of what it speaks about. */
export const LOCALE = 'en-GB';

const plural = (n, one, many) => (n === 1 ? one : many);

const ENGLISH = {
  'title': (verdict, station) => `${verdict} · ${station} · Kerf`,
  'phase.WAITING': 'Waiting for a model',
  'phase.COLLECTING': 'Collecting good parts',
  'phase.TRAINING': 'Training',
  'phase.JUDGING': 'Judging',
  'phase.FAILED': 'Stopped',
  'connection.connecting': 'Connecting',
  'connection.live': 'Live',
  'connection.lost': 'No connection',
  'connection.since': (time, age) => `No connection to the station since ${time} (${age}). What you see is not live. Trying again.`,
  'connection.never': 'The station does not answer yet. Trying again.',
  'broken': 'A part of this page failed to draw. Load the page again; if it happens again, tell the quality engineer.',
  'age.last': (age) => `Last verdict ${age} ago`,
  'age.none': 'No verdict yet',

  'demo.title': 'Simulated line',
  'demo.text': 'The station draws these parts itself, so that you can see it learn and judge. No camera is connected.',
  'demo.connect': 'Connect your own line',
  'help.open': 'Connect a line, and keys',
  'help.title': 'Connect your own line',
  'help.demo': 'The model in use knows the simulated parts only: it will find your own parts odd until it has learnt them.',
  'help.post': 'Have a part judged',
  'help.postText': 'Send its image from a camera, a PLC gateway or a script. The answer holds the verdict; it appears here too.',
  'help.train': 'Learn your own parts',
  'help.trainText': 'From a folder of images of good parts; bad ones are not needed.',
  'help.trainCommand': 'kerf train good-parts',
  'help.keys': 'Keys',
  'help.close': 'Close',
  'keys.heat': 'Heat map on or off',
  'keys.walk': 'Newer or older part',
  'keys.ng': 'Last NG part',
  'keys.review': 'The earlier part on the page was good, was bad',
  'keys.live': 'Back to live',
  'theme.toggle': 'Light or dark',

  'stage.label': 'The part',
  'stage.loading': 'The image is loading',
  'stage.missing': 'The image is not available, or is of a kind this browser cannot show',
  'stage.none': 'The first part appears here',
  'heat.toggle': 'Heat map',
  'heat.opacity': 'Opacity',
  'heat.alt': 'Heat map: where the part is odd',
  'photo.alt': (name) => `Image of ${name}`,
  'pinned.back': 'Back to live',

  'verdict.label': 'Verdict',
  'verdict.NONE': 'No part yet',
  'verdict.stale.lost': 'Not live: no connection',
  'verdict.stale.pinned': 'Earlier part, not live',
  'announce': (verdict, name, text) => `${verdict}. ${name}. ${text}`,
  'odds.headline': (n) => `1 in ${n} good parts looks like this`,
  'odds.usual': 'Most good parts look like this',
  'odds.p': (p) => `p = ${p}`,
  'odds.extreme': (p, heldOut) => `p = ${p}: odder than each of the ${heldOut} good parts held out`,
  'gauge.score': (score) => `Score ${score}`,
  'gauge.threshold': (threshold) => `Threshold ${threshold}`,
  'gauge.label': (score, threshold) => `Score ${score}, threshold ${threshold}. Above the threshold a part is NG.`,
  'part.unnamed': 'Part without a serial number',
  'fact.part': 'Part',
  'fact.lot': 'Lot',
  'fact.recipe': 'Recipe',
  'fact.time': 'Time',
  'fact.took': 'Inspected in',
  'fact.source': 'Source',
  'fact.bundle': 'Model',
  'source.demo': 'simulated line',
  'source.http': 'HTTP',

  'review.label': 'What the part really was',
  'review.good': 'Was good',
  'review.bad': 'Was bad',
  'review.name': 'Your name',
  'review.who': 'Say who you are first: it is kept with what you say.',
  'review.GOOD': (by) => `Good, says ${by}: the next model learns from it.`,
  'review.BAD': (by) => `Bad, says ${by}: every new model must find it.`,
  'review.undo': 'Take back',

  'learning.label': 'Learning',
  'learning.WAITING': 'No model yet',
  'learning.COLLECTING': 'Collecting good parts',
  'learning.TRAINING': 'Learning what a good part looks like',
  'learning.FAILED': 'The station cannot go on',
  'steps.label': 'The way to the first verdict',
  'steps.collect': 'Collect good parts',
  'steps.collectText': 'Good parts are all it needs. Nobody has to show it a defect.',
  'steps.train': 'Learn from them',
  'steps.trainText': 'It cuts and pastes pieces of the good images, and learns to tell these from the untouched ones.',
  'steps.judge': 'Judge every part',
  'steps.judgeText': 'Each part is compared with the good ones; the heat map shows where it differs.',
  'learning.collected': (n, wanted) => `${n} of ${wanted} good parts`,
  'learning.left': (time) => `about ${time} left`,
  'learning.unjudged': 'Until this is done, parts are UNJUDGED.',
  'trainingStage.training': 'training',
  'figure.stage': 'Stage',
  'figure.step': 'Step',
  'figure.loss': 'Loss',
  'figure.accuracy': 'Pretext accuracy',
  'figure.rate': 'Images per second',
  'figure.elapsed': 'Elapsed',
  'curve.label': 'Loss and pretext accuracy over training time',
  'curve.loss': 'Loss',
  'curve.accuracy': 'Pretext accuracy',

  'counts.label': 'Verdicts today',
  'counts.title': 'Today',
  'counts.rate': 'NG rate',
  'counts.start': (n) => `${n} since start`,
  'counts.lastNg': (name, age) => `Last NG: ${name}, ${age} ago`,
  'scores.label': 'Score of recent parts against the threshold',
  'scores.title': 'Score against threshold',
  'scores.none': 'Scores appear here once parts are judged',
  'scores.readout': (time, score) => `${time}  ${score}`,
  'strip.label': 'Recent parts',
  'strip.item': (verdict, name, time) => `${verdict}, ${name}, ${time}`,

  'model.label': 'Model in use',
  'model.title': 'Model',
  'model.none': 'No model is in use. Every part is UNJUDGED.',
  'model.copy': 'Copy the digest',
  'model.copied': 'Digest copied',
  'model.encoder': 'Encoder',
  'model.engine': 'Engine',
  'model.engineValue': (engine, width, height) => `${engine}, ${width} × ${height} px`,
  'model.density': 'Scores by',
  'model.parts': 'Good parts',
  'model.partsValue': (normals, heldOut) => `${normals} learnt, ${heldOut} held out`,
  'model.budget': 'False rejects',
  'model.budgetValue': (share) => `at most ${share} of good parts`,
  'model.threshold': 'Threshold',
  'model.light': 'Light',
  'model.lightValue': (brightness, contrast) => `${brightness} brightness, ${contrast} contrast`,
  'model.trained': 'Trained',
  'model.trainedValue': (time, accuracy) => `${time}, pretext ${accuracy}`,
  'model.age': 'Made',
  'model.ageValue': (age) => `${age} ago`,
  'truth.label': 'Verdicts against the truth of the simulation',
  'truth.title': 'The simulation knows the truth',
  'truth.good': 'Drawn good',
  'truth.bad': 'Drawn bad',
  'truth.ok': 'Judged OK',
  'truth.ng': 'Judged NG',

  'judge.invite': 'Judge an image: drop it here, or choose a file',
  'judge.drop': 'Drop to have the image judged',
  'judge.busy': (name, n, of) => (of > 1 ? `Judging ${n} of ${of}: ${name}` : `Judging ${name}`),
  'problem.title': (name, title) => `${name}: ${title}`,
  'problem.unreachable': 'The station cannot be reached',
  'problem.unreachableDetail': 'The image was not judged. Check the connection and send it again.',
  'problem.status': (status) => `The station answered ${status}`,
  'notice.close': 'Close this message',

  'seconds': (n) => `${n} s`,
  'minutes': (n) => `${n} min`,
  'minutesSeconds': (m, s) => `${m} min ${s} s`,
  'hours': (h, m) => `${h} h ${m} min`,
  'days': (n) => `${n} ${plural(n, 'day', 'days')}`,
  'milliseconds': (n) => `${n} ms`,
};

/** The text of a key; the key itself where the catalogue has none, so that a gap is seen and breaks nothing. */
export function text(key, ...about) {
  const entry = ENGLISH[key];
  return typeof entry === 'function' ? entry(...about) : entry ?? key;
}

/** The text of a key that may come from the server and be unknown here: then what the server said. */
export const named = (prefix, value) => ENGLISH[`${prefix}.${value}`] ?? value;

/** Fills in what the document itself says: `data-t` for content, `data-label` for the accessible name. */
export function fillIn(root) {
  for (const node of root.querySelectorAll('[data-t]')) {
    node.textContent = text(node.dataset.t);
  }
  for (const node of root.querySelectorAll('[data-placeholder]')) {
    node.placeholder = text(node.dataset.placeholder);
  }
  for (const node of root.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', text(node.dataset.label));
    if (node.tagName === 'BUTTON') {
      node.title = text(node.dataset.label);
    }
  }
}
