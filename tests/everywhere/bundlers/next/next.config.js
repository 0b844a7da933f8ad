// Only because the project around has a lock file, too: Next.js asks which folder is the app's.

export default { turbopack: { root: `${import.meta.dirname}/../..` } };
