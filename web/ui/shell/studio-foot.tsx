import { FootBar } from './foot-bar'
import { useFoot } from './use-foot'

/** The bottom line, which alone follows every step of an order. */
export const StudioFoot = ({ onOrders }: { readonly onOrders: () => void }) => (
  <FootBar {...useFoot()} onOrders={onOrders} />
)
