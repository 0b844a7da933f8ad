// Needed only because the surrounding project has a lock file, too: Next.js warns that it does not know the
// app's folder.

export default { turbopack: { root: `${import.meta.dirname}/../..` } };
