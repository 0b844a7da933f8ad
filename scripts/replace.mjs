/**
 * Replaces the pattern in a tool's output, which has to match exactly `count` times. So a new version of the
 * tool fails the build instead of being edited by half.
 */
export function replace(text, { what, pattern, replacement, count }) {
  const found = text.match(pattern)?.length ?? 0;
  if (found === count) return text.replace(pattern, replacement);
  throw new Error(
    `${what}: ${pattern} has to match ${count} times, but matches ${found} times. Check what the tool writes now, and adapt the pattern.`,
  );
}
