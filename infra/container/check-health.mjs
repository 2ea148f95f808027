/**
 * What a container's health check asks: do the console and `live` answer, or the one of them that is named? Ends with 0
 * if so, else with 1.
 */
import { request } from 'node:http';

const { CONSOLE_PORT = '3000', LIVE_PORT = '3001', CONSOLE_URL, LIVE_URL } = process.env;

/**
 * @param {string} port
 * @param {string} address The public one: every server answers to its own name only.
 * @returns {Promise<boolean>}
 */
function answers(port, address) {
  return new Promise((resolve) => {
    const asked = request(
      { host: '127.0.0.1', port, path: '/health', headers: { host: new URL(address).host }, timeout: 3000 },
      (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.end();
  });
}

const servers = {
  console: () => answers(CONSOLE_PORT, CONSOLE_URL ?? `http://console.localhost:${CONSOLE_PORT}`),
  live: () => answers(LIVE_PORT, LIVE_URL ?? `http://live.localhost:${LIVE_PORT}`),
};
const [named] = process.argv.slice(2);
const asked = Object.entries(servers).filter(([name]) => named === undefined || name === named);
const healthy = await Promise.all(asked.map(([, answersToo]) => answersToo()));
process.exitCode = healthy.length > 0 && healthy.every(Boolean) ? 0 : 1;
