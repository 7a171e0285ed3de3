// Ends with the host that started it, however that one ends: its standard input closes, and Azurite saves and stops.
process.stdin.resume();
process.stdin.on('end', () => process.emit('message', 'shutdown'));
require(require.resolve('azurite/dist/src/azurite.js', { paths: [process.cwd()] }));
