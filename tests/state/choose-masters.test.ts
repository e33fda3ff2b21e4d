import { describe, expect, it } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createStarsSlice, type StarsSlice } from '../../web/state/stars-slice'

const openSlice = () =>
  createStore<StarsSlice>()((set, get) => createStarsSlice({ get, set: (change) => set(change) }))

describe('masters that a person chooses', () => {
  it('hold for all lights, or for some of them, and each choice can be taken back', () => {
    const store = openSlice()
    const { chooseMaster, chooseMasterFor } = store.getState()
    chooseMaster('dark', 'dark-1')
    chooseMasterFor(['a', 'b'], 'flat', 'none')
    chooseMasterFor(['a'], 'dark', 'dark-2')
    expect(store.getState().masters).toEqual({ dark: 'dark-1' })
    expect(store.getState().frameMasters).toEqual({
      a: { flat: 'none', dark: 'dark-2' },
      b: { flat: 'none' },
    })
    // Nothing is chosen for all flats: the choice is gone. A dark is: the frame goes back to the rules by name.
    chooseMasterFor(['a', 'b'], 'flat', 'auto')
    chooseMasterFor(['a'], 'dark', 'auto')
    expect(store.getState().frameMasters).toEqual({ a: { dark: 'auto' } })
    store.getState().forget()
    expect(store.getState().frameMasters).toEqual({})
  })
})
