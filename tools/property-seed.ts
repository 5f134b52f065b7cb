import { configureGlobal } from 'fast-check'

// The same cases in every run, so that a failure is the change's own. `PROPERTY_SEED=random` (or a number) explores others.
const chosen = process.env['PROPERTY_SEED'] ?? '20261122'
if (chosen !== 'random') configureGlobal({ seed: Number(chosen) })
