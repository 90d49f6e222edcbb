/** The machine or its settings do not allow a start: one sentence for the operator, no stack. */
export class CannotStart extends Error {}
