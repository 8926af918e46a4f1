/// \file
/// The page of report.cpp around its data. Internal to the report.
#pragma once

namespace nakawari {

inline constexpr char kReportHead[] = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'self' file:">
<title>Nakawari</title><style>
:root{--desk:#d9d4c8;--card:#efece4;--ink:#2b2a27;--soft:#77736a;--rim:#bdb7a8;--pass:#3d7a4e;--look:#b0751a;--draw:#b5382e;color-scheme:light}
@media(prefers-color-scheme:dark){:root{--desk:#26251f;--card:#33322b;--ink:#e9e5da;--soft:#a39e90;--rim:#4b493f;--pass:#7cc08e;--look:#e3ac52;--draw:#ee7f74;color-scheme:dark}}
*{box-sizing:border-box}body{margin:0;background:var(--desk);color:var(--ink);font:14px/1.45 system-ui,"Noto Sans CJK JP","Hiragino Sans",sans-serif;height:100vh;display:grid;grid-template:auto 1fr/1fr 330px}
header{grid-column:1/3;display:flex;gap:14px;align-items:center;padding:8px 14px}h1{font-size:16px;margin:0}header .gap{flex:1}
button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--rim);border-radius:14px;padding:2px 12px;cursor:pointer}button[aria-pressed=true]{background:var(--ink);color:var(--desk)}
main{padding:0 14px 12px;min-height:0;display:flex;flex-direction:column;gap:8px}
#table{flex:1;min-height:0;background:#fffdf6;border-radius:10px;box-shadow:0 0 0 8px var(--rim),0 0 40px #fff8;margin:8px;display:flex;align-items:center;justify-content:center;overflow:hidden}
canvas{width:100%;height:100%;object-fit:contain;display:block}.row{display:flex;gap:8px;align-items:center;flex-wrap:wrap;min-height:28px}
aside{overflow:auto;padding:8px 14px 14px 0}.one{display:grid;grid-template-columns:8px 1fr auto;gap:10px;width:100%;text-align:left;border-radius:8px;margin-bottom:4px;padding:6px 10px 6px 6px}
.one i{border-radius:4px;background:var(--rim)}.pass i{background:var(--pass)}.look i{background:var(--look)}.draw i{background:var(--draw)}.one small,.soft{color:var(--soft)}.one[aria-pressed=true] small{color:inherit;opacity:.8}
#info ul,#chart ul{flex-basis:100%;columns:2;max-height:88px;overflow:auto}ul{margin:4px 0;padding-left:18px}details{margin-top:10px}td,th{padding-right:12px;text-align:left}th{font-weight:400;color:var(--soft)}svg{height:34px;width:340px;overflow:visible}
</style></head><body><header><h1 id="title"></h1><span class="soft" id="sum"></span><span class="gap"></span>
<button id="film"></button><button id="onion"></button><button id="lang"></button></header>
<main><div id="table"><canvas id="c"></canvas></div><div class="row" id="info"></div><div class="row" id="chart"></div></main>
<aside><div class="row" id="filters"></div><div id="list"></div><details open id="cost"></details><details id="notes"></details></aside>
<script src="cost.js"></script>
<script>const D=)html";

inline constexpr char kReportTail[] = R"html(;
const W={en:{pass:"pass",look:"look",draw:"draw",all:"all",key:"key",film:"play the cut",onion:"onion skin",lang:"日本語",frame:"frame",frames:"frames",conf:"confidence",by:"By hand",spent:"Spent",min:"min",yen:"yen",notes:"Remarks",drawn:"in-betweens",painted:"painted",mem:"memory",at:(a,n)=>`frame ${a}, stands ${n}`,head:["step","done (kept)","time","CPU each"],src:"Rates of 2009 to 2021; set your own in cut.toml, [cost]."},
ja:{pass:"合格",look:"要確認",draw:"要作画",all:"すべて",key:"原画",film:"再生",onion:"オニオンスキン",lang:"English",frame:"コマ",frames:"コマ",conf:"確信度",by:"手作業なら",spent:"かかった手間",min:"分",yen:"円",notes:"注意",drawn:"中割り",painted:"彩色",mem:"メモリ",at:(a,n)=>`${a}コマ目から${n}コマ`,head:["工程","実行 (再利用)","時間","CPU/件"],src:"2009〜2021年の単価。cut.toml の [cost] で変更できます。"}};
let L="en",filter="all",onion=true,playing=false,frame=0,now=0;const $=i=>document.getElementById(i),rank={draw:0,look:1,pass:2};
const order=D.drawings.map((d,i)=>i).sort((a,b)=>rank[D.drawings[a].verdict]-rank[D.drawings[b].verdict]||D.drawings[a].key-D.drawings[b].key||D.drawings[a].confidence-D.drawings[b].confidence||a-b);
const images={};function image(u){if(!u)return null;if(!images[u]){const m=images[u]=new Image();m.onload=paint;m.src=u}return images[u].complete&&images[u].width?images[u]:null}
const shown=()=>order.filter(i=>filter=="all"||(filter=="key"?D.drawings[i].key:D.drawings[i].verdict==filter&&!(D.drawings[i].key&&filter=="pass")));
const text=(tag,s,cls)=>{const e=document.createElement(tag);e.textContent=s;if(cls)e.className=cls;return e};
const find=(cel,name)=>D.drawings.find(d=>d.cel==cel&&d.name==name);
function layer(g,m,tint){const o=document.createElement("canvas");o.width=g.canvas.width;o.height=g.canvas.height;const h=o.getContext("2d");h.fillStyle="#fff";h.fillRect(0,0,o.width,o.height);h.drawImage(m,0,0,o.width,o.height);
if(tint){h.globalCompositeOperation="lighten";h.fillStyle=tint;h.fillRect(0,0,o.width,o.height)}g.globalCompositeOperation="multiply";g.drawImage(o,0,0);g.globalCompositeOperation="source-over"}
function paint(){const c=$("c"),g=c.getContext("2d"),k=Math.min(1,960/(D.width||960));c.width=(D.width||960)*k;c.height=(D.height||540)*k;g.fillStyle="#fffdf6";g.fillRect(0,0,c.width,c.height);
if(playing){const m=image(D.film[D.at[frame]]);if(m)g.drawImage(m,0,0,c.width,c.height);return}
const d=D.drawings[now];if(!d)return;if(onion&&!d.key)for(const[n,t]of[[d.from,"#e8a29a"],[d.to,"#9ab8e8"]]){const q=find(d.cel,n),m=q&&image(D.pictures[q.picture]);if(m)layer(g,m,t)}
const m=image(D.pictures[d.picture]);if(m)layer(g,m);g.lineWidth=3;g.strokeStyle=d.verdict=="draw"?"#b5382e":"#d08a1c";g.fillStyle=g.strokeStyle;g.font="bold 15px sans-serif";
d.reasons.forEach((r,i)=>{if(r.size<=0)return;const a=Math.max(12,r.size*k/2);g.beginPath();g.arc(r.x*k,r.y*k,a,0,7);g.stroke();g.fillText(i+1,r.x*k+a+3,r.y*k-a/2)})}
function ruler(d){const s=D.drawings.filter(x=>!x.key&&x.cel==d.cel&&x.from==d.from&&x.to==d.to),x=t=>10+t*320;let v='<svg viewBox="0 0 340 34"><g stroke="currentColor" fill="currentColor" font-size="10" text-anchor="middle"><path d="M10 8v12M330 8v12M10 14h320"/>';
for(const q of s)v+=`<path d="M${x(q.t)} ${q==d?5:10}v${q==d?18:8}" stroke-width="${q==d?3:1}"/>`;return v+"</g></svg>"}
function render(){const w=W[L];document.documentElement.lang=L;const named=D.title?D.id+" "+D.title:D.id;$("title").textContent=named;document.title=named+" – Nakawari";const n=v=>D.drawings.filter(d=>d.verdict==v&&(!d.key||v!='pass')).length;
$("sum").textContent=`${D.frames} ${w.frames} · ${w.pass} ${n("pass")} · ${w.look} ${n("look")} · ${w.draw} ${n("draw")}`;for(const b of["film","onion","lang"])$(b).textContent=w[b];$("film").hidden=!D.film.length;$("film").setAttribute("aria-pressed",playing);$("onion").setAttribute("aria-pressed",onion);
$("filters").replaceChildren(...["all","draw","look","pass","key"].map(f=>{const b=text("button",w[f]);b.setAttribute("aria-pressed",filter==f);b.onclick=()=>{filter=f;const s=shown();if(s.length&&!s.includes(now))now=s[0];render()};return b}));
$("list").replaceChildren(...shown().map(i=>{const d=D.drawings[i],b=text("button","","one "+(d.key&&d.verdict=="pass"?"":d.verdict));b.append(text("i",""),text("span",d.cel+" / "+d.name),text("small",(d.key?w.key+" ":"")+(d.key&&d.verdict=="pass"?"":w[d.verdict]+" "+Math.round(d.confidence*100)+"%")));b.setAttribute("aria-pressed",i==now&&!playing);b.onclick=()=>{now=i;playing=false;render()};return b}));
const d=D.drawings[now];$("info").replaceChildren();$("chart").replaceChildren();if(playing){$("info").append(text("b",`${w.frame} ${frame+1} / ${D.at.length}`))}else if(d){$("info").append(text("b",d.cel+" / "+d.name),text("span",d.key?w.key:d.from?`${d.from} → ${d.to}  t = ${d.t.toFixed(3)}`:""),text("span",w.at(d.frame,d.frames),"soft"));
if(!d.key&&d.from){const s=document.createElement("span");s.innerHTML=ruler(d);$("chart").append(s)}$("chart").append(text("span",d.why,"soft"));const u=document.createElement("ul");const m={};d.reasons.forEach((r,i)=>{if(r.text!=d.why){m[r.text]=m[r.text]||[];if(r.size>0)m[r.text].push(i+1)}});for(const k in m)u.append(text("li",k+(m[k].length?": "+m[k].join(", "):"")));$("chart").append(u)}
const h=D.hand,s=typeof SPENT=="undefined"?{}:SPENT;$("cost").replaceChildren(text("summary",w.by+" / "+w.spent),text("p",`${w.by}: ${h.drawn} ${w.drawn}, ${h.painted} ${w.painted} ≈ ${Math.round(h.minutes)} ${w.min}, ${Math.round(h.yen)} ${w.yen}`),text("p",w.src,"soft"));
const t=document.createElement("table");if(s.steps){const r=document.createElement("tr");r.append(...w.head.map(h=>text("th",h)));t.append(r)}for(const q of s.steps||[]){const r=document.createElement("tr");r.append(text("td",q.kind),text("td",q.ran+" ("+q.kept+")"),text("td",q.seconds.toFixed(1)+" s"),text("td",q.ran?(q.cpu/q.ran).toFixed(2)+" s":"","soft"));t.append(r)}$("cost").append(t);if(s.seconds)$("cost").append(text("p",`${w.all}: ${s.seconds.toFixed(1)} s, CPU ${s.cpu.toFixed(1)} s, ${w.mem} ${Math.round(s.mib)} MiB`));
$("notes").replaceChildren(text("summary",w.notes+" ("+D.notes.length+")"));const u=document.createElement("ul");D.notes.forEach(x=>u.append(text("li",x)));$("notes").append(u);paint()}
$("film").onclick=()=>{playing=!playing;render()};$("onion").onclick=()=>{onion=!onion;render()};$("lang").onclick=()=>{L=L=="en"?"ja":"en";render()};
onkeydown=e=>{const s={ArrowRight:1,ArrowDown:1,ArrowLeft:-1,ArrowUp:-1}[e.key];if(e.key==" "&&D.film.length){playing=!playing;render();e.preventDefault();return}if(!s)return;e.preventDefault();if(playing){frame=(frame+s+D.at.length)%D.at.length;render();return}const v=shown();if(v.length)now=v[(v.indexOf(now)+s+v.length)%v.length];render()};
setInterval(()=>{if(playing&&D.at.length){frame=(frame+1)%D.at.length;paint();$("info").replaceChildren(text("b",`${W[L].frame} ${frame+1} / ${D.at.length}`))}},1000/(D.fps||24));now=order[0]||0;render();
</script></body></html>
)html";

}  // namespace nakawari
