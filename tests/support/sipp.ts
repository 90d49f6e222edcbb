/** SIPp serves `npm run demo` too, so it lives there; tests find it here. */
export {
  runSipp,
  type SippOptions,
  type SippResult,
  type SippRun,
  startSipp,
} from '../../scripts/people/sipp.ts'
