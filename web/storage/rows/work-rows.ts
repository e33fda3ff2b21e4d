import { readAsked, type RowSource } from './row-source'

export const orderRows: RowSource = async (workspace, filter) => {
  const orders = await readAsked(workspace.orders, filter, { id: 'id', indexes: { status: 'status' } })
  return orders
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ order, ...record }) => ({
      ...record,
      request: order.request,
      batch: order.batch ?? null,
      frames: order.frames ?? null,
      parameters: order.parameters ?? {},
      order,
      flags: [],
      inputs: [...(order.frames ?? [])],
    }))
}

export const stepRows: RowSource = async (workspace, filter) => {
  const steps = await readAsked(workspace.steps, filter, { id: 'id', indexes: { order: 'order' } })
  return steps
    .toSorted((a, b) => (a.order === b.order ? a.index - b.index : a.order < b.order ? -1 : 1))
    .map((step) => ({ ...step, flags: [], inputs: [...step.frames] }))
}

export const logRows: RowSource = async (workspace, filter) => {
  const lines = await readAsked(workspace.log, filter, { id: 'id', indexes: { order: 'order' } })
  return lines.toSorted((a, b) => a.time - b.time).map((line) => ({ ...line, flags: [], inputs: [] }))
}

export const targetRows: RowSource = async (workspace) =>
  (await workspace.targets.list()).map((target) => ({ ...target, flags: [], inputs: [] }))

export const projectRows: RowSource = async (workspace) =>
  (await workspace.projects.list()).map((project) => ({
    ...project,
    flags: [],
    inputs: [...project.targets, ...project.orders],
  }))
