// @ts-check
// What an answer of the server says about the session of this page.

const SIGNED_OUT = 401;

/**
 * Whether the page goes on: the session is good, or nothing is known as the server does not answer.
 * @param {{ status: number } | null} answer
 */
export function asksAgain(answer) {
  return answer === null || answer.status !== SIGNED_OUT;
}
