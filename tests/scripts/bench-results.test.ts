import { describe, expect, it } from 'vitest'
import { readOptions } from '../../scripts/bench/options.mjs'
import { clippedMean, combinePixels, expectClose } from '../../scripts/bench/oracle.mjs'
import { parsePeers } from '../../scripts/bench/peers.mjs'
import { summariseFrames } from '../../scripts/bench/picture.mjs'
import { judgePicture, replaceTables } from '../../scripts/bench/report.mjs'
import { judgeJob } from '../../scripts/bench/results.mjs'
import { joinTimings, JOBS } from '../../scripts/bench/run-jobs.mjs'
import { median, quantile } from '../../scripts/bench/statistics.mjs'

describe('numbers', () => {
  it('median and quantile', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10)
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9)
  })

  it('the clipped mean leaves out what lies far off, once', () => {
    expect(clippedMean([10, 11, 9, 10, 12, 8, 500])).toBe(10)
    expect(clippedMean([5, 5, 5])).toBe(5)
    expect(
      combinePixels(
        [
          [1, 2],
          [3, 4],
          [5, 60],
        ],
        median,
      ),
    ).toEqual([3, 4])
  })

  it('a result that is wrong in more than the odd pixel is an error', () => {
    const right = Array.from({ length: 100 }, (_, index) => index)
    expect(expectClose('it', right, right, 0)).toContain('100 pixels')
    const odd = right.with(3, 99)
    expect(expectClose('it', odd, right, 0.1)).toContain('1 at the edge')
    expect(() =>
      expectClose(
        'it',
        right.map((value) => value + 1),
        right,
        0.1,
      ),
    ).toThrow('100 of 100')
    expect(() =>
      expectClose(
        'it',
        right.map(() => NaN),
        right,
        0.1,
      ),
    ).toThrow('100 of 100')
    expect(() => expectClose('it', [], right, 0.1)).toThrow('100 of 100')
    expect(() => expectClose('it', [], [], 0.1)).toThrow('nothing to compare')
  })
})

describe('what the script of the peers prints', () => {
  const output = [
    'skipped: no python module sep',
    'J1 masters | siril sigma, 2 threads | 3.031 s',
    'J2 calibrate 20, written | numpy, 2 threads | 0.470 s',
    'J3 stack 20, sclip | numpy + bottleneck, 2 threads | 1.400 s',
    'J4 register 20 | astroalign | failed: MemoryError',
    'skipped: no siril-cli',
    '',
  ].join('\n')

  it('is read line by line, under our names of the jobs', () => {
    expect(parsePeers(output)).toEqual({
      times: [
        { job: 'J1 masters', tool: 'siril sigma, 2 threads', seconds: 3.031, failure: null },
        { job: 'J2 calibrate 20', tool: 'numpy, 2 threads', seconds: 0.47, failure: null },
        {
          job: 'J3 stack 20, sigma-clip',
          tool: 'numpy + bottleneck, 2 threads',
          seconds: 1.4,
          failure: null,
        },
        { job: 'J4 register 20', tool: 'astroalign', seconds: null, failure: 'MemoryError' },
      ],
      skipped: ['sep', 'siril-cli'],
    })
  })

  it('every job of it is one of ours', () => {
    const names = JOBS.map(({ name }) => name)
    for (const { job } of parsePeers(output).times) expect(names).toContain(job)
  })
})

describe('the judgement of a job', () => {
  const job = JOBS[0]
  if (job === undefined) throw new Error('there are no jobs')
  const timing = {
    name: job.name,
    cold: [2],
    warm: [1.2, 1, 1.1],
    processor: [2],
    bytes: 4e9,
    checked: 'all',
    failure: null,
  }
  const peers = [
    { job: job.name, tool: 'siril sigma, 2 threads', seconds: 9, failure: null },
    { job: job.name, tool: 'siril sigma, 2 threads', seconds: 8.8, failure: null },
    { job: job.name, tool: 'another', seconds: 3, failure: null },
    { job: 'another job', tool: 'siril', seconds: 0.1, failure: null },
  ]

  it('the ratio is that of medians, to the peer that the target names', () => {
    const result = judgeJob(job, timing, { peers, bytesPerSecond: 4e10 })
    expect(result.warm).toEqual({ median: 1.1, min: 1, max: 1.2, runs: 3 })
    expect(result.floor).toBeCloseTo(0.1, 12)
    expect(result.peers.map(({ tool }) => tool)).toEqual(['another', 'siril sigma, 2 threads'])
    expect(result.target.ratio).toBeCloseTo(8.9 / 1.1, 12)
    expect(result.target.reached).toBe(true)
  })

  it('a wrong result wins nothing, however fast', () => {
    const wrong = joinTimings([timing, { ...timing, failure: 'bias: 500 of 500 pixels differ' }])
    const { target } = judgeJob(job, wrong, { peers, bytesPerSecond: 4e10 })
    expect(target.ratio).toBeNull()
    expect(target.reached).toBeNull()
  })

  it('without the peer there is no ratio', () => {
    const { target } = judgeJob(job, timing, { peers: peers.slice(2), bytesPerSecond: 4e10 })
    expect(target).toMatchObject({ tool: null, ratio: null, reached: null })
  })
})

describe('the judgement of the picture', () => {
  it('looks at the slowest twentieth of the frames, and asks more of a graphics card', () => {
    const even = [...Array<number>(99).fill(16.67), 50]
    const uneven = [...Array<number>(90).fill(16.67), ...Array<number>(10).fill(33.3)]
    const picture = (deltas: number[], renderer: string) =>
      judgePicture({
        firstPicture: { median: 251, min: 200, max: 300, runs: 3 },
        frames: [summariseFrames('pan', renderer, deltas)],
        gpu: null,
        failures: [],
      }).map((row) => row.at(-1))
    expect(picture(even, '2-D canvas')).toEqual(['**missed**', 'reached'])
    expect(picture(uneven, '2-D canvas')).toEqual(['**missed**', 'reached'])
    expect(picture(even, 'WebGPU, a card')).toEqual(['**missed**', 'reached'])
    expect(picture(uneven, 'WebGPU, a card')).toEqual(['**missed**', '**missed**'])
  })
})

describe('the document', () => {
  it('keeps what is written by hand', () => {
    const first = replaceTables('# Performance\n\nBy hand.\n', 'old')
    const second = replaceTables(`${first}\nBy hand, after.\n`, 'new')
    expect(second).toContain('By hand.')
    expect(second).toContain('By hand, after.')
    expect(second).toContain('new')
    expect(second).not.toContain('old')
  })
})

describe('options', () => {
  it('three rounds with peers, six warm runs in all', () => {
    expect(readOptions(['--peers'])).toMatchObject({ rounds: 3, warmRuns: 2, workers: 2 })
    expect(readOptions([])).toMatchObject({ rounds: 1, warmRuns: 5, peers: false })
    expect(readOptions(['--short', '--peers'])).toMatchObject({ rounds: 1, warmRuns: 0, peers: false })
    expect(readOptions(['--only', 'J1, Frames']).only).toEqual(['j1', 'frames'])
  })

  it.each([
    ['--workers', '0', 'a number from 1 to 64'],
    ['--runs', 'many', 'a number from 1 to 64'],
    ['--nonsense', '', 'nonsense'],
  ])('%s %s is refused', (option, value, message) => {
    expect(() => readOptions(value === '' ? [option] : [option, value])).toThrow(message)
  })
})
