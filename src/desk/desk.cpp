#include "desk/desk.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "cut/fixes_edit.h"
#include "cut/paint_fixes.h"
#include "desk/strokes.h"
#include "drawing/anchor.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

std::string utc(std::int64_t nanoseconds) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(nanoseconds / kSecond)));
}

/// What a person said, without when and what lay there: two equal ones are one said twice.
std::string said(Fix fix) {
  fix.time.clear();
  fix.like.clear();
  fix.like_a.clear();
  fix.like_b.clear();
  return fix_text(fix);
}

/// Marks of the lines at the points of one key; none when a point lies near no line. False then, too.
bool mark(const Drawing& drawing, const std::vector<Vec2>& points, std::vector<LineMark>& marks) {
  marks.clear();
  for (const Vec2& p : points) {
    const auto place = find_anchor(drawing, p);
    if (!place) return marks.clear(), false;
    marks.push_back(mark_of(drawing, *place));
  }
  return true;
}

/// Approved: it stays as it is.
bool is_locked(const LoadedCel& cel, const std::string& stem) {
  return std::any_of(cel.fixes.fixes.begin(), cel.fixes.fixes.end(),
                     [&](const Fix& fix) { return fix.kind == FixKind::approve && fix.drawing == stem; });
}

}  // namespace

Desk::Desk(Disk& disk, VideoEncoder& encoder, DeskOptions options)
    : disk_(disk), encoder_(encoder), options_(std::move(options)), redrawer_(disk) {}

Desk::~Desk() {
  close();
  if (builder_.joinable()) builder_.join();
}

void Desk::close() {
  closed_ = true;
  ++edit_;
  {
    const std::lock_guard lock(work_);
    wake_.notify_all();
  }
  const std::lock_guard lock(shown_);
  changed_.notify_all();
}

Result<void> Desk::open() {
  {
    const std::lock_guard lock(hand_);
    if (auto loaded = reload(); !loaded) return loaded;
    show();
  }
  edited();
  builder_ = std::thread([this] { build_until_closed(); });
  return {};
}

std::shared_ptr<const Scene> Desk::scene() const {
  const std::lock_guard lock(shown_);
  return scene_;
}

std::shared_ptr<const Scene> Desk::newer_than(long version, int milliseconds) const {
  std::unique_lock lock(shown_);
  changed_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                    [&] { return closed_ || (scene_ && scene_->version > version); });
  return !closed_ && scene_ && scene_->version > version ? scene_ : nullptr;
}

std::shared_ptr<const Bytes> Desk::sound() const {
  const std::lock_guard lock(hand_);
  return sound_;
}

std::string Desk::full_name(const std::string& cel, const std::string& stem) {
  return cel + "/" + stem;
}

std::string Desk::fixes_path(const std::string& cel) const {
  return at("fixes/" + cel + ".toml");
}

const LoadedCel* Desk::find_cel(const std::string& name) const {
  const auto it = std::find_if(cut_.cels.begin(), cut_.cels.end(),
                               [&](const LoadedCel& cel) { return cel.file.name == name && !cel.still(); });
  return it == cut_.cels.end() ? nullptr : &*it;
}

/// Fills in what the page does not say: when, by whom, what lies at the points. An error when the drawing is
/// not there or no line is near a point.
Result<void> Desk::complete(const LoadedCel& cel, Fix& fix) {
  fix.time = utc(disk_.now_ns());
  if (fix.author.empty()) fix.author = options_.author;
  const auto index = [&](const std::string& stem) {
    for (std::size_t i = 0; i < cel.drawings.size(); ++i)
      if (cel.drawings[i].stem == stem) return static_cast<int>(i);
    return -1;
  };
  if (!fix.of_pair()) {
    const int drawing = index(fix.drawing);
    if (drawing < 0) return fail(ErrorCode::wrong_use, "there is no such drawing");
    mark_paint(cel, cel.drawings[static_cast<std::size_t>(drawing)], fix);
    return {};
  }
  const Pair keys{&cel, index(fix.from), index(fix.to)};
  const bool neighbours = std::any_of(cel.drawings.begin(), cel.drawings.end(), [&](const LoadedDrawing& d) {
    return d.from >= 0 && d.from == keys.from && d.to == keys.to;
  });
  if (!neighbours) return fail(ErrorCode::wrong_use, "these two are no neighbouring keys");
  const auto pair = redrawer_.pair(cut_, keys);
  if (!pair) return {};  // Not matched yet: the fix is kept without marks.
  const Drawing &a = *(*pair)->a, &b = *(*pair)->b;
  const bool near = mark(a, fix.a, fix.like_a) && mark(b, fix.b, fix.like_b) &&
                    mark(fix.in_first ? a : b, fix.at, fix.like);
  if (!near) return fail(ErrorCode::wrong_use, "no line is near that point");
  return {};
}

/// What lies at the point of a paint fix, so that it is found again when the drawing was drawn anew.
void Desk::mark_paint(const LoadedCel& cel, const LoadedDrawing& drawing, Fix& fix) {
  const bool region = fix.kind == FixKind::paint_style;
  if (fix.at.size() != 1 || !(region || fix.kind == FixKind::trace_role)) return;
  const SceneDrawing seen = compose(cel, drawing);
  const auto picture = pixels_.raster(region ? seen.paint : seen.line);
  if (!picture) return;
  const int x = static_cast<int>(fix.at.front().x), y = static_cast<int>(fix.at.front().y);
  LineMark mark;
  if (region) mark.area = region_area(*picture, x, y);
  if (!region) mark.ink = trace_ink_near(*picture, x, y);
  if (mark != LineMark()) fix.like = {mark};
}

std::optional<Rgba8> Desk::colour_of(const std::string& cel, const std::string& style) const {
  if (style == "background") return kClear;
  const auto it = swatches_.find(cel);
  if (it != swatches_.end())
    for (const Swatch& swatch : it->second)
      if (swatch.name == style) return swatch.colour;
  return std::nullopt;
}

/// The paint of a drawing as a fix of paint leaves it: `cel` holds the fix, or no longer.
Result<std::string> Desk::repainted(const LoadedCel& cel, const Fix& fix, const LoadedDrawing& drawing) {
  const std::string now = compose(cel, drawing).paint;
  // What was shown already, and what it was before.
  if (tried_ && tried_->before == now && tried_->fix.id == fix.id && said(tried_->fix) == said(fix))
    return tried_->after;
  const bool holds = std::any_of(cel.fixes.fixes.begin(), cel.fixes.fixes.end(),
                                 [&](const Fix& each) { return each.id == fix.id; });
  if (const auto it = painted_.find(fix.id); it != painted_.end() && !holds && it->second.after == now)
    return it->second.before;
  const auto before = pixels_.raster(now);
  if (!before) return fail(ErrorCode::not_found, "there is no paint yet");
  if (fix.kind == FixKind::paint_style && holds) {
    const auto colour = colour_of(cel.file.name, fix.style);
    if (!colour || fix.at.empty()) return fail(ErrorCode::not_found, "there is no such colour");
    Raster picture = *before;
    fill_region(picture, static_cast<int>(fix.at.front().x), static_cast<int>(fix.at.front().y), *colour);
    return pixels_.keep(std::move(picture));
  }
  const auto input = paint_input(cel, drawing);
  if (!input) return fail(ErrorCode::not_found, "the build has to answer");
  auto picture = first_paint_at(*input, *before, fix, options_.threads);
  if (!picture) return Failure(std::move(picture.error()));
  return pixels_.keep(std::move(*picture));
}

/// The drawing as the fix would have it, where that can be told at once. `cel` holds the fix already.
Result<Desk::Quick> Desk::first_answer(const LoadedCel& cel, const Fix& fix, const LoadedDrawing& drawing) {
  if (is_locked(cel, drawing.stem))
    return fail(ErrorCode::not_found, "the drawing is approved and stays as it is");
  Quick quick;
  if (of_paint(fix.kind) && fix.drawing == drawing.stem) {
    auto paint = repainted(cel, fix, drawing);
    if (!paint) return Failure(std::move(paint.error()));
    quick.paint = std::move(*paint);
    return quick;
  }
  const bool spaced = fix.kind == FixKind::spacing && fix.drawing == drawing.stem;
  if (drawing.from < 0 || !(fix.of_pair() || spaced))
    return fail(ErrorCode::not_found, "the build has to answer");
  auto pair = redrawer_.pair(cut_, {&cel, drawing.from, drawing.to});
  if (!pair) return Failure(std::move(pair.error()));
  auto lines = redrawer_.lines(**pair, drawing);
  if (!lines) return Failure(std::move(lines.error()));
  auto kept = pixels_.keep(std::move(lines->picture));
  if (!kept) return Failure(std::move(kept.error()));
  quick.line = std::move(*kept);
  quick.judgement = std::move(lines->judgement);
  quick.settled = (*pair)->settled;
  return quick;
}

/// What the fix speaks of is judged again by the next build.
void Desk::doubt(const LoadedCel& cel, const Fix& fix) {
  const auto stem = [&](int key) {
    return key < 0 ? std::string() : cel.drawings[static_cast<std::size_t>(key)].stem;
  };
  for (const LoadedDrawing& drawing : cel.drawings) {
    const bool between = fix.of_pair() && stem(drawing.from) == fix.from && stem(drawing.to) == fix.to;
    if (between || drawing.stem == fix.drawing) doubted_.insert(full_name(cel.file.name, drawing.stem));
  }
}

/// Draws what can be shown at once. What cannot is the build's.
void Desk::answer(const LoadedCel& cel, const Fix& fix, const Shown& shown) {
  doubt(cel, fix);
  const bool paint = of_paint(fix.kind);
  for (const LoadedDrawing& drawing : cel.drawings) {
    const bool seen = shown.cel == cel.file.name && shown.drawing == drawing.stem;
    if (paint ? drawing.stem != fix.drawing : !seen) continue;
    const std::string before = compose(cel, drawing).paint;
    const auto quick = first_answer(cel, fix, drawing);
    if (!quick) continue;
    Quick& kept = quick_[full_name(cel.file.name, drawing.stem)];
    if (!quick->paint.empty()) kept.paint = quick->paint;
    if (paint) painted_[fix.id] = {fix, before, quick->paint};
    if (quick->line.empty()) continue;
    kept.paint_fits = false;
    kept.line = quick->line;
    kept.settled = quick->settled;
    kept.judgement = quick->judgement;
  }
  if ((fix.of_pair() || fix.kind == FixKind::spacing) && shown.cel == cel.file.name) to_paint_ = shown;
}

/// What the in-between's paint depends on, when its keys are painted.
std::optional<FirstPaint> Desk::paint_input(const LoadedCel& cel, const LoadedDrawing& drawing) {
  if (drawing.from < 0) return std::nullopt;
  const auto key = [&](int index) {
    const SceneDrawing seen = compose(cel, cel.drawings[static_cast<std::size_t>(index)]);
    return PaintedKey{pixels_.raster(seen.line), pixels_.raster(seen.paint)};
  };
  FirstPaint input;
  input.a = key(drawing.from);
  input.b = key(drawing.to);
  auto pair = redrawer_.pair(cut_, {&cel, drawing.from, drawing.to});
  if (!pair || !input.a.lines || !input.a.paint || !input.b.lines || !input.b.paint) return std::nullopt;
  input.pair = std::move(*pair);
  input.drawing = drawing;
  input.lines = pixels_.raster(compose(cel, drawing).line);
  if (const auto model = models_.find(cel.file.name); model != models_.end()) input.model = model->second;
  input.variant = cel.file.variant.empty() ? cut_.file.variant : cel.file.variant;
  input.fixes = cel.fixes.fixes;
  return input;
}

/// Paints the drawing that was corrected last, while the lines are seen already.
void Desk::paint_first(long edit) {
  std::optional<FirstPaint> input;
  Shown shown;
  {
    const std::lock_guard lock(hand_);
    if (!to_paint_ || edit_ != edit) return;
    shown = *std::exchange(to_paint_, std::nullopt);
    const LoadedCel* cel = find_cel(shown.cel);
    if (!cel || is_locked(*cel, shown.drawing)) return;
    for (const LoadedDrawing& drawing : cel->drawings)
      if (drawing.stem == shown.drawing) input = paint_input(*cel, drawing);
  }
  if (!input) return;
  auto painted = first_paint(*input, spare_threads());
  const std::lock_guard lock(hand_);
  if (!painted || edit_ != edit) return;
  auto name = pixels_.keep(std::move(*painted));
  if (!name) return;
  Quick& kept = quick_[full_name(shown.cel, shown.drawing)];
  kept.paint = std::move(*name);
  kept.paint_fits = true;
  show();
}

Result<std::string> Desk::say(const std::string& name, Fix fix, const Shown& shown) {
  const std::lock_guard lock(hand_);
  const LoadedCel* cel = find_cel(name);
  if (!cel) return fail(ErrorCode::not_found, "there is no cel \"" + name + "\"");
  if (fix.author.empty()) fix.author = options_.author;
  for (const Fix& old : cel->fixes.fixes)
    if (!fix.id.empty() && old.id == fix.id && said(old) == said(fix)) return fix.id;
  if (auto done = complete(*cel, fix); !done) return Failure(std::move(done.error()));
  const auto kept = append_fix(fixes_path(name), fix);
  if (!kept) return Failure(kept.error());
  fix.id = kept->id;
  if (auto loaded = reload(); loaded)
    if (cel = find_cel(name); cel) answer(*cel, fix, shown);
  edited();
  show();
  return fix.id;
}

Result<Fix> Desk::take_back(const std::string& name, const std::string& id, const Shown& shown) {
  const std::lock_guard lock(hand_);
  if (!find_cel(name)) return fail(ErrorCode::not_found, "there is no cel \"" + name + "\"");
  auto fix = remove_fix(fixes_path(name), id);
  if (!fix) return Failure(std::move(fix.error()));
  if (fix->kind == FixKind::approve) forget_approved(name, *fix);
  if (const LoadedCel* cel = reload() ? find_cel(name) : nullptr; cel) answer(*cel, *fix, shown);
  edited();
  show();
  return fix;
}

Result<Preview> Desk::preview(const std::string& name, Fix fix, const Shown& shown) {
  std::unique_lock lock(hand_);
  const LoadedCel* cel = find_cel(name);
  if (!cel) return fail(ErrorCode::not_found, "there is no cel \"" + name + "\"");
  if (auto done = complete(*cel, fix); !done) return Failure(std::move(done.error()));
  LoadedCel changed = *cel;
  changed.fixes.fixes.push_back(fix);
  Preview preview;
  std::string before;
  std::optional<FirstPaint> to_paint;
  std::shared_ptr<const Raster> painted;
  for (LoadedDrawing& drawing : changed.drawings) {
    const bool between = fix.of_pair() && drawing.from >= 0 &&
                         changed.drawings[static_cast<std::size_t>(drawing.from)].stem == fix.from &&
                         changed.drawings[static_cast<std::size_t>(drawing.to)].stem == fix.to;
    if (!between && drawing.stem != fix.drawing) continue;
    preview.drawings.push_back(drawing.stem);
    if (fix.kind == FixKind::spacing && fix.at.empty()) drawing.plan.t = fix.t;
    if (fix.kind == FixKind::spacing && !fix.at.empty())
      drawing.plan.groups.push_back({fix.id, fix.t, true, fix.at.front().x, fix.at.front().y});
    if (shown.cel != name || shown.drawing != drawing.stem) continue;
    const SceneDrawing now = compose(*cel, drawing);
    before = now.paint;
    if (of_paint(fix.kind) && fix.kind != FixKind::paint_style) {
      // The painter takes a while: without the lock.
      if (!is_locked(changed, drawing.stem)) to_paint = paint_input(changed, drawing);
      painted = pixels_.raster(before);
      continue;
    }
    const auto quick = first_answer(changed, fix, drawing);
    if (!quick) continue;
    preview.paint = !quick->paint.empty();
    preview.picture = preview.paint ? quick->paint : quick->line;
    if (!preview.paint) before = now.line;
  }
  lock.unlock();
  if (to_paint && painted) {
    // One at a time; who was overtaken by a newer question answers nothing.
    const long question = ++question_;
    const std::lock_guard painting(painting_);
    if (question != question_) return preview;
    auto anew = first_paint_at(*to_paint, *painted, fix, options_.threads);
    auto kept = anew ? pixels_.keep(std::move(*anew)) : Result<std::string>(Failure(anew.error()));
    if (!kept) return preview;
    preview.picture = std::move(*kept);
    preview.paint = true;
    lock.lock();
    tried_ = Tried{fix, before, preview.picture};
    lock.unlock();
  }
  const auto a = pixels_.raster(before), b = pixels_.raster(preview.picture);
  if (a && b) preview.places = differing(*a, *b);
  return preview;
}

Result<std::string> Desk::strokes_json(const std::string& name, const std::string& from,
                                       const std::string& to) {
  std::unique_lock lock(hand_);
  const LoadedCel* cel = find_cel(name);
  if (!cel) return fail(ErrorCode::not_found, "there is no cel \"" + name + "\"");
  for (const LoadedDrawing& drawing : cel->drawings) {
    if (drawing.from < 0) continue;
    const Pair keys{cel, drawing.from, drawing.to};
    if (keys.a().stem != from || keys.b().stem != to) continue;
    const auto pair = redrawer_.pair(cut_, keys);
    if (!pair) return Failure(pair.error());
    lock.unlock();  // A thousand lines as text take a while: the hand need not wait for them.
    std::string text = pair_json(**pair);
    static_cast<void>((*pair)->inbetweener());  // Who looks at a pair may correct it: it is ready by then.
    return text;
  }
  return fail(ErrorCode::not_found, "these two are no neighbouring keys");
}

}  // namespace nakawari
