/** What many build: socket.io, events as JSON, and one listener for all of them that passes them on to the room. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, maxHttpBufferSize: 1e6 });
io.on('connection', (socket) => {
  const room = String(socket.handshake.query.room);
  socket.join(room);
  socket.onAny((name, ...args) => socket.to(room).emit(name, ...args));
});
http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }));
process.on('message', ({ id }) => process.send({ id, cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
