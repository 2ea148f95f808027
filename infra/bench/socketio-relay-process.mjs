/** What many would build: socket.io as it comes, with a room per engagement and its own queues. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { heldMemory } from './held-memory.mjs';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, maxHttpBufferSize: 1e6 });
io.on('connection', (socket) => {
  const room = String(socket.handshake.query.room);
  socket.join(room);
  socket.on('frame', (frame) => socket.to(room).emit('frame', frame));
});
http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }));
process.on('message', ({ id }) => process.send({ id, ...heldMemory() }));
process.on('disconnect', () => process.exit(0));
