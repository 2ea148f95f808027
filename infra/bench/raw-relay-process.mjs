/** The yardstick: `ws` and nothing else. The path of a socket is its room; what one sends goes to the others. */
import { WebSocketServer } from 'ws';

const rooms = new Map();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(socket));
  socket.on('message', (data, binary) => {
    for (const other of room) if (other !== socket) other.send(data, { binary });
  });
  socket.on('close', () => room.delete(socket));
});
server.on('listening', () => process.send({ port: server.address().port }));
process.on('message', ({ id }) => process.send({ id, cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
