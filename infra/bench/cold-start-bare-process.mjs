/** The least that answers a POST and accepts a WebSocket. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer((asked, answer) => {
  asked.resume();
  answer.setHeader('content-type', 'application/json').end('{}');
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => socket.resume());
server.listen(Number(process.argv[2]), '127.0.0.1');
process.once('SIGINT', () => process.exit(0));
