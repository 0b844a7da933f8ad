/** Adds up the last lines of Rust's test runners. */
export function counts(output) {
  const lines = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)];
  const sum = (column) => lines.reduce((total, line) => total + Number(line[column]), 0);
  return { passed: sum(1), failed: sum(2) };
}
