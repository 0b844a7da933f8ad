/**
 * Replaces exactly as often as it says: another version of a tool fails the build, and its output is not
 * edited by half.
 */
export function replace(text, { what, pattern, replacement, count }) {
  const found = text.match(pattern)?.length ?? 0;
  if (found === count) return text.replace(pattern, replacement);
  throw new Error(
    `${what}: ${pattern} has to match ${count} times, and matches ${found}. Look what the tool writes now, and say that instead.`,
  );
}
