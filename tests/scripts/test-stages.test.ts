import { describe, expect, it } from 'vitest'
import { countPlaywright, countVitest, judge, LONG_STAGES, STAGES } from '../../scripts/test-stages.mjs'

const results = (...statuses: string[]): { status: string }[] => statuses.map((status) => ({ status }))

describe('what a run of Vitest did', () => {
  it('is counted by test', () => {
    const testResults = [
      { status: 'passed', assertionResults: results('passed', 'passed', 'pending') },
      { status: 'failed', assertionResults: results('failed', 'passed', 'todo', 'skipped') },
    ]
    expect(countVitest({ testResults })).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('a file that does not load is a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: results('passed') },
    ]
    expect(countVitest({ testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })
})

describe('what a run of Playwright did', () => {
  it('is counted by test; one that passed at the second try has failed', () => {
    const stats = { expected: 5, unexpected: 2, flaky: 1, skipped: 4 }
    expect(countPlaywright({ stats })).toEqual({ passed: 5, failed: 3, skipped: 4 })
  })

  it('an error outside of any test is a failure', () => {
    expect(countPlaywright({ stats: { expected: 0 }, errors: [{}] })).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
    })
  })
})

describe('the judgement of a stage', () => {
  const counted = { passed: 3, failed: 0, skipped: 1 }

  it.each([
    ['a program that ends well', { ended: 0, counted: null }, { passed: 1, failed: 0, skipped: 0 }],
    ['a program that ends badly', { ended: 2, counted: null }, { passed: 0, failed: 1, skipped: 0 }],
    ['a program that was killed', { ended: null, counted: null }, { passed: 0, failed: 1, skipped: 0 }],
    ['tests that passed', { ended: 0, counted }, counted],
    ['a bad end that no test explains', { ended: 1, counted }, { ...counted, failed: 1 }],
    [
      'a bad end that tests explain',
      { ended: 1, counted: { ...counted, failed: 2 } },
      { ...counted, failed: 2 },
    ],
    [
      'no test executed',
      { ended: 0, counted: { passed: 0, failed: 0, skipped: 9 } },
      { passed: 0, failed: 1, skipped: 9 },
    ],
  ])('%s', (_what, outcome, expected) => {
    expect(judge(outcome)).toEqual(expected)
  })
})

describe('the stages', () => {
  it('have names of their own, and need only what runs before', () => {
    for (const stages of [STAGES, LONG_STAGES]) {
      const names = stages.map((stage) => stage.name)
      expect(new Set(names).size).toBe(names.length)
      for (const [index, { needs }] of stages.entries()) {
        if (needs !== undefined) expect(names.slice(0, index)).toContain(needs)
      }
    }
  })
})
