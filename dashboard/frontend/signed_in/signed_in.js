// @ts-check
// Once the session of this page has ended, the page is loaded anew, which leads to the sign-in.

import { asksAgain } from "./session_state.js";

const ASK_MS = 5000;

/**
 * @typedef {{ address: string, ended: boolean }} Data
 * @param {{ data: Data }} component
 * @returns {() => void} stops asking
 */
export default function ({ data }) {
  if (data.ended) {
    location.reload();
    return () => {};
  }
  const timer = setInterval(async () => {
    const answer = await fetch(data.address, { cache: "no-store" }).catch(() => null);
    if (!asksAgain(answer)) location.reload();
  }, ASK_MS);
  return () => clearInterval(timer);
}
