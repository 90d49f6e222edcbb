import type { ThemeConfig } from 'antd'
import type { SeatStateName } from './api-types.ts'

const FONTS =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", system-ui, sans-serif'

/** One place for how AntD looks; styles.css takes the same values through its variables. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0b5cab',
    colorInfo: '#0b5cab',
    colorSuccess: '#15803d',
    colorWarning: '#b45f06',
    colorError: '#c22f2f',
    // AntD's own tints of these dark colours are muddy.
    colorSuccessBg: '#e5f4ea',
    colorSuccessBorder: '#b5dcc3',
    colorWarningBg: '#fdf2e0',
    colorWarningBorder: '#f0d4a6',
    colorErrorBg: '#fdeceb',
    colorErrorBorder: '#f1bdb9',
    colorInfoBg: '#e8f1fa',
    colorInfoBorder: '#b9d5ef',
    colorTextBase: '#14202e',
    // AntD's own greys are too weak for small print.
    colorTextPlaceholder: '#66768a',
    colorTextDescription: '#66768a',
    colorTextTertiary: '#66768a',
    colorBgLayout: '#eef2f6',
    colorBorder: '#c9d3de',
    colorBorderSecondary: '#e1e7ee',
    borderRadius: 6,
    fontFamily: FONTS,
    fontSize: 14,
    controlHeight: 34,
    wireframe: false,
  },
  components: {
    Table: { headerBg: '#f4f7fa', headerColor: '#44546a', cellPaddingBlockSM: 5, cellPaddingInlineSM: 10 },
    Form: { itemMarginBottom: 14, verticalLabelPadding: '0 0 4px', labelColor: '#44546a' },
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
}

/** Buttons on the dark bar at the top. */
export const barTheme: ThemeConfig = {
  components: {
    Button: {
      textTextColor: '#ffffff',
      textTextHoverColor: '#ffffff',
      textTextActiveColor: '#ffffff',
      textHoverBg: 'rgba(255, 255, 255, 0.14)',
      colorBgTextActive: 'rgba(255, 255, 255, 0.22)',
    },
  },
}

/** A seat's state is told from across the room by its colour. White text on each has a contrast above 4.5. */
export const STATE_COLOUR: Record<SeatStateName, string> = {
  'signed-out': '#5d6b7c',
  'not-ready': '#a85b00',
  ready: '#15803d',
  reserved: '#c22f2f',
  ringing: '#c22f2f',
  dialling: '#0e7490',
  talking: '#0b5cab',
  holding: '#8a5a00',
  consulting: '#5b3fa8',
  releasing: '#5d6b7c',
  'wrap-up': '#6345b5',
}
