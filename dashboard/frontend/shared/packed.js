// @ts-check
// Columns of numbers that Python compressed (RFC 1950) and wrote in Base64.

/**
 * @param {string} packed
 * @returns {Promise<ArrayBuffer>}
 */
export async function inflate(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}
