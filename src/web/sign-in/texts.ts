import type { SignInProblem } from '../../people/single-sign-on/schema.ts'
import type { Text } from '../kit/texts.ts'

export const SIGN_IN_TEXTS = {
  'sign-in.or': { zh: '或', en: 'or' },
  'sign-in.single-sign-on': { zh: '统一身份认证登录', en: 'Single sign-on' },
  'sign-in.problem.denied': {
    zh: '统一身份认证没有同意登录，请重新登录。',
    en: 'The single sign-on did not let you in. Try again.',
  },
  'sign-in.problem.expired': {
    zh: '登录用时过长或页面已失效，请重新登录。',
    en: 'That took too long, or the page is no longer good. Try again.',
  },
  'sign-in.problem.failed': {
    zh: '统一身份认证的结果没有通过校验，请重新登录；反复出现请联系管理员。',
    en: 'What the single sign-on said did not check out. Try again; if it stays so, tell an administrator.',
  },
  'sign-in.problem.unknown-account': {
    zh: '您的统一身份尚未关联本系统的账号，请联系管理员。',
    en: 'No account here belongs to your identity. Ask an administrator.',
  },
  'sign-in.problem.closed-account': {
    zh: '您的账号已停用，请联系管理员。',
    en: 'Your account is closed. Ask an administrator.',
  },
  'sign-in.problem.unavailable': {
    zh: '统一身份认证暂时无法连接，请稍后再试。',
    en: 'The single sign-on cannot be reached. Try again shortly.',
  },
} as const satisfies Record<string, Text> & Record<`sign-in.problem.${SignInProblem}`, Text>
