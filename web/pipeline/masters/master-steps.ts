/** Steps whose output is a master. */
export const MASTER_STEPS: readonly string[] = ['build-master', 'map-bad-pixels', 'map-fringes']
