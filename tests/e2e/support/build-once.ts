import { ensureBuilt } from '../../../scripts/set-up.mjs'

/** Before any worker starts a Lowgate of its own: two builds at once would write over each other. */
export default ensureBuilt
