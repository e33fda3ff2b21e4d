import { parseOrder } from '../../pipeline/order-parameters'

/** True for parameters of a stack that an order may have: nothing is offered that would be refused. */
export const isOrderable = (parameters: Readonly<Record<string, unknown>>): boolean => {
  try {
    parseOrder({ request: 'stack', parameters })
    return true
  } catch {
    return false
  }
}
