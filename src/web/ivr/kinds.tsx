import {
  ClockCircleOutlined,
  GlobalOutlined,
  ImportOutlined,
  MenuOutlined,
  PhoneOutlined,
  SoundOutlined,
  StopOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { NodeKind } from './drawing.ts'

/** White on each has a contrast above 4.5, as the states of seats have. */
export const KIND_LOOKS: Readonly<Record<NodeKind, { readonly colour: string; readonly icon: ReactNode }>> = {
  play: { colour: '#3f5872', icon: <SoundOutlined /> },
  menu: { colour: '#0b5cab', icon: <MenuOutlined /> },
  language: { colour: '#6345b5', icon: <GlobalOutlined /> },
  hours: { colour: '#a85b00', icon: <ClockCircleOutlined /> },
  queue: { colour: '#15803d', icon: <TeamOutlined /> },
  line: { colour: '#0f766e', icon: <ImportOutlined /> },
  outside: { colour: '#b4235a', icon: <PhoneOutlined /> },
  'hang-up': { colour: '#5d6b7c', icon: <StopOutlined /> },
}
