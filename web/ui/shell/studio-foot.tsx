import { useAppStore } from '../kit/use-app'
import { FootBar } from './foot-bar'
import { useFoot } from './use-foot'

/** The bottom line, which alone follows every step of an order. */
export const StudioFoot = ({ onOrders }: { readonly onOrders: () => void }) => {
  const store = useAppStore()
  return (
    <FootBar {...useFoot()} onOrders={onOrders} onWatch={() => store.getState().panels.open('settings')} />
  )
}
