const { createHash } = require('crypto');
const { unlinkSync } = require('fs');
const { connect, createServer } = require('net');
const { tmpdir } = require('os');
const { join, resolve } = require('path');

const inUse = 75;
const patience = Date.now() + 15_000;

// A host that was killed reads no more: what Azurite says then must not end it before it has saved.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// Ends with the host that started it, however that one ends: its standard input closes, and Azurite saves and stops.
process.stdin.resume();
process.stdin.on('end', stop);

const location = process.argv.indexOf('--location');
if (location < 0) start();
else lock(resolve(process.argv[location + 1]), start);

function start() {
  require(require.resolve('azurite/dist/src/azurite.js', { paths: [process.cwd()] }));
}

// Azurite listens for this only when all of it has started.
function stop() {
  if (process.listenerCount('message') > 0) process.emit('message', 'shutdown');
  else setTimeout(stop, 50);
}

// One Azurite for a folder, until it has saved: its ports are free before that. The lock is a socket, because a socket ends with
// its process; it has a short name, because a socket's may not be long.
function lock(folder, locked) {
  const name = `msp-billing-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  const server = createServer(socket => socket.destroy()).unref();
  server.once('listening', () => {
    process.once('exit', () => remove(path));
    locked();
  });
  server.on('error', () => connect(path)
    .once('connect', () => {
      if (Date.now() > patience) process.exit(inUse);
      setTimeout(() => server.listen(path), 100);
    })
    .once('error', () => {
      remove(path);
      setTimeout(() => server.listen(path), 100);
    }));
  server.listen(path);
}

function remove(path) {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, which is what was wanted.
  }
}
