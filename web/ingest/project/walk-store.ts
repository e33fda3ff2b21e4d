import type { Workspace } from '../../storage/workspace'
import type { StoreName } from '../../storage/schema'

const PAGE = 200

/** Every record of a store in the order of the ids, some at a time, so that a store of any size can be gone through. */
export async function* walkStore(
  workspace: Workspace,
  name: StoreName,
): AsyncGenerator<{ readonly id: string }> {
  const store = workspace.records(name)
  for (let after: string | null = null; ;) {
    const page: { readonly id: string }[] = await store.page(after, PAGE)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.id
  }
}
