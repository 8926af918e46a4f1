// Every word of the page, in English and in Japanese. The trade's own terms.

export type Language = 'en' | 'ja';

// What a verdict or a check may name, by its stable word. The program's own sentence, which says more, is English.
// tests/desk/words_test.py holds this list against the words that the program has.
const kReasons: Record<string, [string, string]> = {
  'no-partner': ['no partner', '反対の原画に相手のない線です'],
  'opened-region': ['opened region', '原画では閉じている領域が開いています'],
  'tangled-lines': ['tangled lines', '原画では交わらない線が交わっています'],
  'unsure': ['not sure as a whole', '全体に自信がありません'],
  'low-margin': ['colour not sure', '何色か確かではない領域です'],
  'black-speck': ['black dot', '色トレスの中に黒い点が残っています'],
  'needs-key': ['needs a key', '前後の原画がなく、作画が必要です'],
  'needs-drawing': ['needs a drawing', '表情の絵どうしで線が合わず、作画が必要です'],
  'outside-face': ['outside the face', '顔の輪郭からはみ出しています'],
  'outside-samples': ['no such expression', 'この表情を囲む見本の絵がありません'],
  'line-width': ['line width', '線の太さが清書と違います'],
  'taper': ['line ends', '線の入り抜きが清書と違います'],
  'line-colour': ['line colour', '色トレスの色が正しくありません'],
  'broken-line': ['broken line', '線が途切れています(線切れ)'],
  'missing-stroke': ['missing line', '前後にある線がありません(線抜け・線飛び)'],
  'unpainted': ['unpainted', '塗り漏れがあります'],
  'colour-flicker': ['colour flicker', '前後と色が違います(色パカ)'],
  'colour-difference': ['graded colour', '色が前後と違います(色差)'],
  'palette-pair': ['wrong pair of colours', '色トレスの両側が色指定と合いません'],
  'registration': ['out of register', '前後とタップがずれています(ガタ)'],
  'boil': ['trembling line', '線が震えています(ブレ)'],
  'corner': ['corner went soft', '角がなまっています'],
  'area-jitter': ['size jumps', '前後と面積が違います'],
  'detail-count': ['detail missing or extra', '柄の数が合いません'],
  'stripe-width': ['stripe width', '縞の幅が前後と違います'],
  'proportion': ['proportion', '目や顔の大きさが清書と違います'],
  'eye-rules': ['eyes', '目の決まりに合いません(三白眼など)'],
  'spacing': ['spacing', 'ツメの位置と合いません'],
  'kumi': ['gap at the kumi line', '組線がずれています'],
  'speck': ['speck', 'ゴミ塗りがあります'],
  'off-palette': ['colour not in the model', '色指定にない色です'],
  'white-paint': ['white paint', '白抜けがあります'],
  'leftover-trace': ['trace line left', '色トレスが残っています'],
  'trace-role': ['trace line colour', '色トレスの塗り分けが違います'],
  'colour-leak': ['colour leak', '色が紙の端まで漏れています'],
  'shadow-alone': ['shadow alone', 'ノーマルのない影・ハイライトです'],
  'left-right': ['left and right differ', '左右の目の色が違います'],
  'style-missing': ['colour missing', '前後にある色がありません(色抜け)'],
  'variant-mix': ['colours of another variant', '別の色替えの色が混ざっています'],
  'line-altered': ['line damaged by paint', '塗りが主線を変えています(主線欠け)'],
};

// Refusals of the desk, in its own words.
const kRefusals: Record<string, string> = {
  'there is no such drawing': 'その絵はありません',
  'these two are no neighbouring keys': '隣り合う原画ではありません',
  'no line is near that point': '近くに線がありません',
  'the drawing has changed meanwhile: look at it again': '絵が変わりました。もう一度確認してください',
  'this pair has yet to be matched': 'まだ対応付けられていません',
};

/** What the desk refused, in the reader's language where there are words for it. */
export function refusalText(text: string): string {
  return language === 'ja' ? kRefusals[text] ?? text : text;
}

/** A reason in a few words of the reader's language. */
export function reasonName(what: string): string {
  return kReasons[what]?.[language === 'ja' ? 1 : 0] ?? what;
}

/** The whole sentence: the program's own where the reader reads English. */
export function reasonText(what: string, text: string): string {
  return language === 'ja' ? kReasons[what]?.[1] ?? text : text || reasonName(what);
}

const kWords = {
  lines: ['Lines', '線画'],
  paint: ['Paint', '彩色'],
  composite: ['Composite', '合成'],
  check: ['Check colours', '検査色'],
  difference: ['Difference', '差分'],
  pair: ['Key pair', '原画対'],
  pen: ['Look', '見る'],
  stroke_pair: ['Pair lines', '線を対応'],
  no_partner: ['No partner', '対応なし'],
  guide: ['Guide points', '対応点'],
  arc: ['Arc', '軌道'],
  group: ['Group', 'まとまり'],
  depth: ['Depth', '前後'],
  paint_style: ['Paint bucket', '塗り'],
  close_gap: ['Close a gap', '隙間を閉じる'],
  open_gap: ['Open a gap', '隙間を開ける'],
  trace_role: ['Trace line', '色トレス'],
  intended: ['Intended', '意図どおり'],
  approve: ['Approve', 'OK'],
  spacing: ['Spacing', 'ツメ'],
  h_pen: ['drag to move the paper · wheel to zoom', 'ドラッグで紙を動かす・ホイールで拡大'],
  h_stroke_pair: ['click a line on the left key, then its partner on the right · drag for a lasso · Shift adds', '左の原画の線、次に右の線をクリック・囲んでも可・Shiftで追加'],
  h_no_partner: ['click the line that has no partner', '相手のない線をクリック'],
  h_guide: ['click a point on the left key, then the same point on the right', '左の点、次に右の同じ点をクリック'],
  h_arc: ['draw the path from a place on the first key to the same place on the second', '始めの原画の場所から終わりの同じ場所まで軌道を描く'],
  h_group: ['choose what it is, draw a lasso around the lines that move together', '何かを選び、一緒に動く線を囲む'],
  h_depth: ['choose until when, click the part in front, then the part behind it · − and = move the change', 'いつまでかを選び、手前の部分、次に奥の部分をクリック・− と = で切替を動かす'],
  h_paint_style: ['choose a colour, click the region', '色を選び、領域をクリック'],
  h_close_gap: ['draw across the gap', '隙間をまたいで線を引く'],
  h_open_gap: ['draw across the wall that should not be there', '不要な仕切りをまたいで線を引く'],
  h_trace_role: ['choose what the trace line bounds, click it', '役割を選び、色トレスをクリック'],
  h_intended: ['click a marked place: it is meant so', '印のある場所をクリック:意図どおり'],
  h_spacing: ['− and = move the drawing on the chart', '− と = でツメを動かす'],
  apply: ['Enter applies', 'Enterで決定'],
  looks: ['Look at', '要確認'],
  unjudged: ['Not judged yet', 'まだ判定されていません'],
  marks: ['Marks', '印'],
  all_good: ['Nothing to look at', '確認する絵はありません'],
  said: ['Corrections', '修正'],
  nothing_said: ['none yet', 'まだありません'],
  chart: ['Chart', 'ツメ'],
  pass: ['pass', '良'],
  look: ['look', '確認'],
  draw: ['draw by hand', '要作画'],
  key: ['key', '原画'],
  inbetween: ['in-between', '中割り'],
  needs_key: ['needs a drawing', '作画が必要'],
  approved: ['approved', '検済'],
  play: ['Play', '再生'],
  loop: ['Loop', 'ループ'],
  sound: ['Sound', '音'],
  onion: ['Light table', '透過台'],
  mirror: ['Mirror', '反転'],
  on_ones: ['1s', '1コマ'],
  on_twos: ['2s', '2コマ'],
  on_threes: ['3s', '3コマ'],
  fit: ['Fit', '全体'],
  timeline: ['Timeline', 'タイムライン'],
  keys: ['Key map', 'キー一覧'],
  help: ['First steps', 'はじめに'],
  video: ['Make the video', '動画を書き出す'],
  undone: ['taken back', '取り消しました'],
  gone: ['The desk is not answering. What was accepted is kept; it comes back by itself when started again.', 'デスクが応答しません。受け付けた修正は保存済みです。再起動すると自動で戻ります。'],
  building: ['drawing', '作画中'],
  lost: ['cannot be placed any more', '置き場所が失われました'],
  judging: ['being judged again', '判定し直し中'],
  settling: ['first answer; the cut is being made anew', '仮の答え・作り直し中'],
  no_pair: ['These keys are not matched yet', 'まだ対応付けられていません'],
  pick_inbetween: ['Go to an in-between first', '先に中割りの絵へ移動してください'],
  role_shadow: ['shadow', '影'],
  role_highlight: ['highlight', 'ハイライト'],
  role_shadow2: ['second shadow', '二号影'],
  role_normal: ['normal', 'ノーマル'],
  moves_together: ['moves together', 'まとめて動く'],
  eye_L: ['left', '左'],
  eye_R: ['right', '右'],
  eye_whole: ['whole eye', '目全体'],
  'eye_upper-lid': ['upper lid', '上まぶた'],
  'eye_lower-lid': ['lower lid', '下まぶた'],
  eye_iris: ['iris', '瞳'],
  eye_highlight: ['highlight', 'ハイライト'],
  all_the_way: ['all the way', '最後まで'],
  until: ['until', 'ここまで'],
  background: ['background', '背景(透明)'],
  s_colour: ['colouring', '彩色を出力中'],
  s_check: ['checking', '検査中'],
  s_face: ['mixing faces', '表情を作画中'],
  s_reference: ['reading what is painted', '塗り見本を読込中'],
  s_report: ['writing the report', '報告を作成中'],
  s_verdicts: ['judging', '判定中'],
  s_trace: ['tracing keys', '原画をトレス中'],
  s_eyes: ['naming eyes', '目の部位'],
  s_match: ['matching keys', '原画を対応付け中'],
  s_draw: ['drawing in-betweens', '中割りを作画中'],
  s_paint: ['painting', '彩色中'],
  s_frame: ['composing', '合成中'],
  s_video: ['making the video', '動画を書き出し中'],
  close: ['Close', '閉じる'],
  begin: ['Begin', '始める'],
  w_title: ['Your drawings, and the ones between them', 'あなたの絵と、その間の絵'],
  w_keys: ['Keys are yours. They are circled on the sheet and never changed.', '原画はあなたのもの。シートでは丸で囲まれ、決して変わりません。'],
  w_between: ['The program drew the ones between, where your chart puts them.', '間の絵は、ツメの指示どおりにプログラムが描きました。'],
  w_verdict: ['Each says how sure it is. Start with the worst: press W.', '各絵には確信度があります。Wで一番悪い絵へ。'],
  w_fix: ['Wrong? Press P and click the two lines that belong together. One click changes all drawings between. Z takes it back.', '違う? Pを押し、同じ線を二つクリック。間の絵すべてが直ります。Zで取り消し。'],
  w_own: ['Or draw it yourself and save it in the cel’s folder: it is a key at once, and its neighbours follow.', '自分で描いてセルのフォルダに保存すれば、その絵は原画になり、隣の絵も従います。'],
  w_good: ['Good? Press Y. It is locked and becomes an example for the rest.', '良ければY。固定され、ほかの絵の手本になります。'],
} as const;

export type Word = keyof typeof kWords;

let language: Language = 'en';

export function speak(to: Language): void {
  language = to;
  document.documentElement.lang = to;
}

export function w(word: Word): string {
  return kWords[word][language === 'ja' ? 1 : 0];
}

/** The word if there is one for it, else the text itself. */
export function wordOr(text: string): string {
  return text in kWords ? w(text as Word) : text;
}
