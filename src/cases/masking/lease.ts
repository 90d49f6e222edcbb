/** 秘密工单 (made by themselves) and 人工绑定 have pools of their own, so that neither runs the other dry. */
export const POOL_USES = ['secret', 'by-hand'] as const
export type PoolUse = (typeof POOL_USES)[number]

/** Why a binding is over before its time: somebody ended it, or its unit is out of the order. */
export const END_REASONS = ['by-hand', 'unit-out'] as const
export type EndReason = (typeof END_REASONS)[number]
