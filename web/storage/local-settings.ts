import { PIXEL_BACKEND_SETTING } from './choose-pixels'
import { UNUSED_BYTES_SETTING } from './remove-exposures'

/** Settings whose name begins so belong to this browser on this disk, such as the handle of a folder. */
export const LOCAL_PREFIX = 'local-'

const LOCAL: readonly string[] = [PIXEL_BACKEND_SETTING, UNUSED_BYTES_SETTING]

/** Whether a setting says something of this browser rather than of the work: it does not travel with a project. */
export const isLocalSetting = (id: string): boolean => id.startsWith(LOCAL_PREFIX) || LOCAL.includes(id)
