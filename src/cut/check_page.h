/// \file
/// The pages of check_report.cpp around their data. Internal to the report.
#pragma once

namespace nakawari {

inline constexpr char kCheckHead[] = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Nakawari check</title><style>
:root{--desk:#d9d4c8;--card:#efece4;--ink:#2b2a27;--soft:#6d6960;--rim:#bdb7a8;--issue:#b5382e;--fyi:#a0660f;--ok:#3d7a4e;color-scheme:light}
@media(prefers-color-scheme:dark){:root{--desk:#26251f;--card:#33322b;--ink:#e9e5da;--soft:#a8a395;--rim:#4b493f;--issue:#ee7f74;--fyi:#e3ac52;--ok:#7cc08e;color-scheme:dark}}
*{box-sizing:border-box}body{margin:0;background:var(--desk);color:var(--ink);font:14px/1.45 system-ui,"Noto Sans CJK JP","Hiragino Sans",sans-serif;height:100vh;display:grid;grid-template:auto 1fr/340px 1fr;overflow:hidden}
header{grid-column:1/3;display:flex;gap:12px;align-items:center;padding:8px 14px;flex-wrap:wrap}h1{font-size:16px;margin:0}header .gap{flex:1}
button,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--rim);border-radius:14px;padding:2px 12px;cursor:pointer}button[aria-pressed=true]{background:var(--ink);color:var(--desk)}
button:focus-visible,select:focus-visible{outline:2px solid var(--fyi);outline-offset:1px}
aside{overflow:auto;padding:0 6px 14px 14px;min-height:0}main{overflow:auto;min-height:0;padding:0 14px 14px 8px;display:grid;gap:10px;align-content:start}
.one{display:grid;grid-template-columns:6px 1fr auto;gap:0 10px;width:100%;text-align:left;border-radius:8px;margin-bottom:4px;padding:5px 10px 5px 5px}
.one i{grid-row:1/3;border-radius:4px;background:var(--fyi)}.one.issue i{background:var(--issue)}.one.done i{background:var(--ok)}.one small,.soft{color:var(--soft)}.one small{grid-column:2/4;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.one[aria-pressed=true] .soft,.one[aria-pressed=true] small{color:inherit;opacity:.8}.facts .issue{color:var(--issue);font-weight:600}.facts .fyi{color:var(--fyi)}
.three{display:grid;grid-template-columns:repeat(3,1fr);gap:10px}figure{margin:0;min-width:0}figcaption{color:var(--soft);padding:2px 2px 4px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.light{position:relative;background:#fffdf6;border-radius:8px;overflow:hidden;aspect-ratio:1}.light img{position:absolute;inset:0;width:100%;height:100%;object-fit:contain;image-rendering:auto}.light .ring{position:absolute;border:2.5px solid #d0271c;border-radius:50%;transform:translate(-50%,-50%);box-shadow:0 0 0 1.5px #fffc}
.two{display:grid;grid-template-columns:minmax(220px,38%) 1fr;gap:14px}.facts{background:var(--card);border-radius:8px;padding:10px 14px;align-self:start}.facts p{margin:0 0 8px}.facts b{font-size:15px}.bar{height:8px;border-radius:4px;background:var(--rim);position:relative;margin:10px 0 4px}.bar i{position:absolute;inset:0 auto 0 0;border-radius:4px;background:var(--fyi)}.bar u{position:absolute;top:-3px;bottom:-3px;width:2px;background:var(--ink)}
.wide{aspect-ratio:auto}kbd{border:1px solid var(--rim);border-radius:4px;padding:0 5px;background:var(--card)}details{margin-top:8px}ul{margin:4px 0;padding-left:18px}.none{padding:40px;text-align:center;color:var(--soft)}
</style></head><body><header><h1 id="title"></h1><span class="soft" id="sum"></span><span class="gap"></span>
<select id="check"></select><span id="states" style="display:flex;gap:6px"></span><button id="over"></button><button id="lang"></button></header>
<aside id="list"></aside><main id="main"></main><script>const D=)html";

inline constexpr char kCheckTail[] = R"html(;
const W={en:{all:"all checks",open:"open",intended:"intended",fixed:"fixed",over:"overlay",lang:"日本語",before:"before",now:"this drawing",after:"after",none:"Nothing to send back here.",at:(a,n)=>`frame ${a}, stands ${n}`,value:"measured",reference:"reference",threshold:"sent back from",confidence:"confidence",issue:"issue",fyi:"for information",fail:"fail",warn:"near the limit",artist:"drawn by hand",program:"made by the program",notes:"Remarks and what was not judged",keys:"next and previous; ← → flips before, this, after; o overlay",by:"meant so by",whole:"the whole drawing"},
ja:{all:"すべての項目",open:"未処理",intended:"演出意図",fixed:"修正済み",over:"重ねる",lang:"English",before:"前",now:"この動画",after:"後",none:"リテイクはありません。",at:(a,n)=>`${a}コマ目から${n}コマ`,value:"測定値",reference:"基準",threshold:"リテイク基準",confidence:"確信度",issue:"要リテイク",fyi:"参考",fail:"基準超え",warn:"基準に近い",artist:"手描き",program:"自動",notes:"注意と未判定",keys:"で前後の指摘、← → で前・今・後、o で重ねる",by:"意図した人",whole:"動画全体"}};
let L="en",state="open",check="",over=false,now=0,flip=1;const $=i=>document.getElementById(i);
const el=(t,s,c)=>{const e=document.createElement(t);if(s!=null)e.textContent=s;if(c)e.className=c;return e};
const name=c=>L=="ja"&&D.checks[c]?D.checks[c].ja:c;
const shown=()=>D.findings.map((f,i)=>i).filter(i=>D.findings[i].state==state&&(!check||D.findings[i].check==check));
const drawing=f=>D.drawings.find(d=>d.cel==f.cel&&d.name==f.drawing);
function light(srcs,ring,wide){const l=el("div",null,"light"+(wide?" wide":""));for(const[s,tint]of srcs){if(!s)continue;const m=new Image();m.src=s;m.alt="";if(tint){m.style.mixBlendMode="multiply";m.style.filter=tint}l.append(m)}if(ring)l.append(ring);return l}
function figure(f,key,k){const w=W[L],g=el("figure"),d=drawing(f);g.append(el("figcaption",w[key]+(key=="now"?"  "+f.cel+" / "+f.drawing:"")));let r=null;if(key=="now"&&f.size>0&&f.side){r=el("div",null,"ring");const p=Math.max(8,Math.min(96,100*f.size/f.side));r.style.cssText=`left:50%;top:50%;width:${p}%;height:${p}%`}
const s=over&&key=="now"?[[f.now],[f.before,"opacity(.45) sepia(1) hue-rotate(-50deg) saturate(6)"],[f.after,"opacity(.45) sepia(1) hue-rotate(150deg) saturate(6)"]]:[[f[key]]];const l=light(s,r);if(!f[key])l.append(el("div","–","none"));g.append(l);return g}
function whole(f){const d=drawing(f);if(!d||!d.picture)return el("span");const g=el("figure");g.append(el("figcaption",W[L].whole));const r=el("div",null,"ring"),big=Math.max(D.width,D.height);if(f.size>0)r.style.cssText=`left:${50+100*(f.at[0]-D.width/2)/big}%;top:${50+100*(f.at[1]-D.height/2)/big}%;width:${Math.max(3,100*f.size/big)}%;height:${Math.max(3,100*f.size/big)}%`;else r.hidden=true;
const l=light([[d.picture]],r);const c=Math.max(0,(1-D.height/big)/2*100);if(D.height<D.width){l.style.aspectRatio=D.width+"/"+D.height;l.style.overflow="hidden";const b=l.querySelector("img");b.style.cssText=`inset:auto;left:0;top:${-c*big/D.height}%;width:100%;height:${100*big/D.height}%`;if(f.size>0)r.style.cssText=`left:${100*f.at[0]/D.width}%;top:${100*f.at[1]/D.height}%;width:${Math.max(3,100*f.size/D.width)}%;aspect-ratio:1`}g.append(l);return g}
function facts(f){const w=W[L],b=el("div",null,"facts"),p=el("p");p.append(el("b",name(f.check)),document.createTextNode("  "),el("span",f.state=="open"?w[f.severity]:w[f.state],f.state=="open"?f.severity:f.state));b.append(p,el("p",f.text));
const off=Math.abs(f.value-f.reference);b.append(el("p",`${w.value} ${+f.value.toPrecision(3)} ${f.unit}, ${w.reference} ${+f.reference.toPrecision(3)}, ${w.threshold} ±${+(f.threshold||0).toPrecision(3)} · ${w[f.level]||""} · ${w.confidence} ${Math.round(100*f.confidence)} %`,"soft"));
if(f.threshold){const bar=el("div",null,"bar"),i=el("i"),u=el("u");i.style.width=Math.min(100,50*off/f.threshold)+"%";u.style.left="50%";bar.append(i,u);b.append(bar)}
const d=drawing(f);b.append(el("p",`${w.at(f.first_frame,f.frames)}${d?" · "+w[d.by]:""}${f.part?" · "+f.part:""}${f.by?" · "+w.by+" "+f.by:""}`,"soft"));return b}
function render(){const w=W[L];document.documentElement.lang=L;document.title=D.id+" – Nakawari";$("title").textContent=D.id;const n=(s,v)=>D.findings.filter(f=>f.state==s&&(!v||f.severity==v)).length;$("sum").textContent=`${w.issue} ${n("open","issue")} · ${w.fyi} ${n("open","fyi")}`;
$("over").textContent=w.over;$("over").setAttribute("aria-pressed",over);$("lang").textContent=w.lang;
$("states").replaceChildren(...["open","intended","fixed"].map(s=>{const b=el("button",w[s]+" "+n(s));b.setAttribute("aria-pressed",state==s);b.onclick=()=>{state=s;now=0;render()};return b}));
const c={};for(const f of D.findings)if(f.state==state)c[f.check]=(c[f.check]||0)+1;if(check&&!c[check])check="";$("check").replaceChildren(...[["",w.all+" ("+Object.values(c).reduce((a,b)=>a+b,0)+")"],...Object.keys(c).sort((a,b)=>c[b]-c[a]).map(k=>[k,name(k)+" ("+c[k]+")"])].map(([v,t])=>{const o=el("option",t);o.value=v;o.selected=v==check;return o}));
const s=shown();now=Math.max(0,Math.min(now,s.length-1));$("list").replaceChildren(...s.map((i,k)=>{const f=D.findings[i],b=el("button",null,"one "+(f.state=="open"?f.severity:"done"));b.append(el("i"),el("span",f.cel+" / "+f.drawing),el("span",name(f.check),"soft"),el("small",f.text));b.setAttribute("aria-pressed",k==now);b.onclick=()=>{now=k;render()};return b}));
const m=$("main");m.replaceChildren();const f=D.findings[s[now]];if(f){const t=el("div",null,"three");for(const k of["before","now","after"])t.append(figure(f,k));m.append(t);const two=el("div",null,"two");two.append(whole(f),facts(f));m.append(two)}else m.append(el("div",w.none,"none"));
const h=el("div",null,"soft");h.append(el("kbd","j"),document.createTextNode(" "),el("kbd","k"),document.createTextNode(" "+w.keys));m.append(h);
const d=el("details");d.append(el("summary",w.notes+" ("+D.notes.length+")"));const u=el("ul");D.notes.forEach(x=>u.append(el("li",x)));d.append(u);m.append(d);const a=document.querySelector('.one[aria-pressed=true]');if(a)a.scrollIntoView({block:"nearest"})}
function turn(by){const f=D.findings[shown()[now]];if(!f)return;flip=(flip+by+3)%3;const keys=["before","now","after"],i=document.querySelectorAll(".three figure")[1].querySelector("img");if(i&&f[keys[flip]])i.src=f[keys[flip]];document.querySelectorAll(".three figcaption")[1].textContent=W[L][keys[flip]]}
$("over").onclick=()=>{over=!over;render()};$("lang").onclick=()=>{L=L=="en"?"ja":"en";render()};$("check").onchange=e=>{check=e.target.value;now=0;render()};
onkeydown=e=>{if(e.target.tagName=="SELECT"||e.ctrlKey||e.metaKey)return;const s={j:1,ArrowDown:1,k:-1,ArrowUp:-1}[e.key];if(s){now+=s;flip=1;render()}else if(e.key=="o"){over=!over;render()}else if(e.key=="ArrowLeft")turn(-1);else if(e.key=="ArrowRight")turn(1);else return;e.preventDefault()};render();
</script></body></html>
)html";

}  // namespace nakawari
