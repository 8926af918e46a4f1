// What the desk reads of a cut, and how it becomes what the page shows.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "cut/build_state.h"
#include "cut/composite.h"
#include "cut/load_face.h"
#include "desk/desk.h"
#include "image/picture_file.h"
#include "image/png/png.h"
#include "paint/colour_model_file.h"

namespace nakawari {
namespace {

const char* const kVoices = "voice";

std::string stamp_text(const Disk& disk, const std::string& path) {
  const Stamp s = disk.stamp(path);
  return fmt::format("{} {} {} {} {}\n", path, s.exists, s.size, s.modified_ns, s.inode);
}

std::string listing(const Disk& disk, const std::string& folder) {
  std::string text = folder + ":";
  if (const auto names = disk.list(folder))
    for (const std::string& name : *names)
      if (name != "out" && !name.starts_with('.')) text += " " + name;
  return text + "\n";
}

const DrawingSummary* find_summary(const std::optional<CutSummary>& summary, const std::string& cel,
                                   const std::string& stem) {
  if (!summary) return nullptr;
  for (const CelSummary& each : summary->cels)
    if (each.name == cel)
      for (const DrawingSummary& drawing : each.drawings)
        if (drawing.name == stem) return &drawing;
  return nullptr;
}

/// Width and height that a PNG's header tells.
std::pair<int, int> png_size(const Bytes& png) {
  constexpr std::size_t kWidthAt = 16, kHeightAt = 20, kHeader = 24;
  if (png.size() < kHeader) return {0, 0};
  const auto number = [&](std::size_t i) {
    return (png[i] << 24) | (png[i + 1] << 16) | (png[i + 2] << 8) | png[i + 3];
  };
  return {number(kWidthAt), number(kHeightAt)};
}

/// The verdict with the lines judged anew. What was said of paint, and what the checks said, stands until
/// they are asked again.
Judgement with_lines(const DrawingSummary& old, const Judgement& lines) {
  Judgement all = lines;
  const std::size_t of_lines = old.line ? old.line->reasons.size() : 0;
  const std::size_t of_paint = old.paint ? old.paint->reasons.size() : 0;
  if (old.paint) {
    all.verdict = worse(all.verdict, old.paint->verdict);
    all.confidence = std::min(all.confidence, old.paint->confidence);
  }
  const auto& reasons = old.judgement.reasons;
  if (reasons.size() > of_lines + of_paint) {
    all.verdict = worse(all.verdict, Verdict::look);
    all.confidence = std::min(all.confidence, old.judgement.confidence);
  }
  if (reasons.size() > of_lines)
    all.reasons.insert(all.reasons.end(), reasons.begin() + static_cast<std::ptrdiff_t>(of_lines),
                       reasons.end());
  return all;
}

}  // namespace

/// What tells that a person changed something: stamps of all files that the cut reads, names in its folders.
std::string Desk::signature() const {
  std::string text = listing(disk_, cut_.folder) + listing(disk_, at(kVoices));
  const auto add = [&](const std::string& path) {
    if (!path.empty()) text += stamp_text(disk_, at(path));
  };
  for (const std::string& path : cut_.texts) add(path);
  add(cut_.voice);
  for (const LoadedCel& cel : cut_.cels) {
    for (const std::string& path : {cel.image, cel.file.model, cel.file.model_picture, cel.file.profile})
      add(path);
    if (cel.still()) continue;
    text += listing(disk_, at(folder_of(cel.file.drawings))) + listing(disk_, at(cel.file.painted));
    for (const LoadedDrawing& drawing : cel.drawings) {
      add(drawing.source);
      add(drawing.painted);
    }
    if (cel.names)
      for (const auto& sources : cel.names->sources)
        for (const std::string& source : sources) add(source);
    if (!cel.face) continue;
    for (const std::string& source : cel.face->sources) {
      add(source);
      add(paint_beside(source));
    }
  }
  return text;
}

Result<void> Desk::reload() {
  auto cut = load_cut(disk_, options_.folder);
  if (!cut) return Failure(std::move(cut.error()));
  cut_ = std::move(*cut);
  signature_ = signature();
  load_extras();
  return {};
}

/// Colours and voice. What cannot be read is the build's to tell.
void Desk::load_extras() {
  swatches_.clear();
  models_.clear();
  for (const LoadedCel& cel : cut_.cels) {
    if (cel.file.model.empty()) continue;
    const auto text = read_stable_text(disk_, at(cel.file.model));
    if (!text) continue;
    Report notes;
    const auto model = decode_colour_model(
        {reinterpret_cast<const std::uint8_t*>(text->data()), text->size()}, cel.file.model, notes);
    if (!model) continue;
    const std::string& variant = cel.file.variant.empty() ? cut_.file.variant : cel.file.variant;
    for (const Style& style : model->styles)
      swatches_[cel.file.name].push_back({style.name, style.part, model->colour(style.id, variant)});
    models_[cel.file.name] = *model;
  }
  load_sound();
}

/// The sound that the video has.
void Desk::load_sound() {
  if (cut_.voice.empty()) {
    sound_ = nullptr;
    sound_name_.clear();
    return;
  }
  const std::string path = at(cut_.voice);
  auto& [stamp, name] = files_[path];
  const Stamp now = disk_.stamp(path);
  if (sound_ && stamp == now && sound_name_ == name) return;
  auto file = read_stable(disk_, path);
  if (!file) return;
  stamp = file->stamp;
  sound_name_ = name = file_name(cut_.voice) + "-" + hash_of(file->bytes).hex();
  sound_ = std::make_shared<const Bytes>(std::move(file->bytes));
}

/// The name of a picture file's pixels; empty when it is not there or no picture. Read when it changed.
std::string Desk::picture(const std::string& path, bool still) {
  const std::string full = at(path);
  const Stamp now = disk_.stamp(full);
  if (!now.exists) return {};
  auto& [stamp, name] = files_[full];
  if (stamp == now && !name.empty() && pixels_.find(name)) return name;
  name.clear();
  auto file = read_stable(disk_, full);
  if (!file) return {};
  stamp = file->stamp;
  // Browsers read PNG; other kinds are made one. A still larger than the page is shown by its middle.
  if (looks_like_png(file->bytes)) return name = pixels_.keep(std::move(file->bytes));
  auto raster = decode_picture(file->bytes, path);
  if (!raster) return {};
  const auto before = scene();
  const int width = before ? before->width : cut_.file.width;
  const int height = before ? before->height : cut_.file.height;
  if (still && width > 0 && (raster->width > width || raster->height > height) && raster->width >= width &&
      raster->height >= height)
    raster = middle_of(*raster, width, height);
  auto png = encode_picture(*raster, PictureFormat::png);
  return png ? name = pixels_.keep(std::move(*png)) : std::string();
}

SceneDrawing Desk::compose(const LoadedCel& cel, const LoadedDrawing& drawing) {
  SceneDrawing d;
  d.stem = drawing.stem;
  d.sheet_name = drawing.plan.name;
  d.state = drawing.plan.state;
  d.from = drawing.from;
  d.to = drawing.to;
  d.t = drawing.plan.t;
  d.why = drawing.plan.why;
  d.first_frame = drawing.plan.first_frame;
  d.frames = drawing.frames;
  d.reference = !drawing.painted.empty();
  for (const Fix& fix : cel.fixes.fixes) {
    const bool ours = fix.drawing == drawing.stem;
    d.approved = d.approved || (ours && fix.kind == FixKind::approve);
  }
  if (!has_lines(drawing)) {
    d.judged = true;
    d.judgement = {Verdict::draw, 0, {{"needs-key", 0, 0, 0, drawing.plan.why}}};
    return d;
  }
  const DrawingSummary* s = find_summary(summary_, cel.file.name, drawing.stem);
  if (s != nullptr) {
    d.judged = true;
    d.judgement = s->judgement;
    d.fixes = s->fixes;
  }
  d.line = picture(line_path(cel, drawing), false);
  if (is_painted(cel)) d.paint = picture(painted_path(cel, drawing), false);
  if (const auto quick = quick_.find(full_name(cel.file.name, drawing.stem)); quick != quick_.end()) {
    const Quick& q = quick->second;
    if (!q.line.empty()) {
      d.settling = !q.settled;
      d.paint_stale = q.line != d.line && !q.paint_fits;
      d.line = q.line;
      if (s != nullptr && q.judgement) d.judgement = with_lines(*s, *q.judgement);
    }
    if (!q.paint.empty()) d.paint = q.paint;
  }
  d.judging = d.judged && !d.approved && doubted_.contains(full_name(cel.file.name, drawing.stem));
  return d;
}

/// Publishes what is known now; without a `job`, that of before goes on.
void Desk::show(const std::optional<SceneJob>& job) {
  auto next = std::make_shared<Scene>();
  next->id = cut_.file.id;
  next->title = cut_.file.title;
  next->fps = cut_.fps;
  next->frames = cut_.frames;
  next->width = cut_.file.width;
  next->height = cut_.file.height;
  if (summary_) {
    next->width = summary_->width;
    next->height = summary_->height;
    next->notes = summary_->notes;
  } else {
    next->notes = cut_.notes;
  }
  const std::string video = "out/" + cut_.file.id + ".mp4";
  if (disk_.stamp(at(video)).exists) next->video = video;
  for (const SheetSpan& span : cut_.speech)
    next->speech.push_back({span.first_frame, span.frames, span.values.empty() ? "" : span.values[0],
                            span.values.size() > 1 ? span.values[1] : ""});
  next->sound = sound_ ? sound_name_ : "";
  for (const LoadedCel& cel : cut_.cels) {
    SceneCel c;
    c.name = cel.file.name;
    c.still = cel.still();
    c.at = cel.at;
    c.fixes = cel.fixes.fixes;
    c.lost = cel.lost_fixes;
    if (const auto it = swatches_.find(c.name); it != swatches_.end()) c.swatches = it->second;
    if (c.still) c.image = picture(cel.image, true);
    for (const LoadedDrawing& drawing : cel.drawings) c.drawings.push_back(compose(cel, drawing));
    if (summary_)
      for (const CelSummary& each : summary_->cels)
        if (each.name == c.name) c.lost = each.lost_fixes;
    next->cels.push_back(std::move(c));
  }
  // Without a size in cut.toml the page is that of the first drawing.
  for (const SceneCel& cel : next->cels)
    for (const SceneDrawing& drawing : cel.drawings)
      if (const auto bytes = next->width == 0 ? pixels_.find(drawing.line) : nullptr)
        std::tie(next->width, next->height) = png_size(*bytes);
  const std::lock_guard lock(shown_);
  next->version = next->drawn = scene_ ? scene_->version + 1 : 1;
  if (job)
    next->job = *job;
  else if (scene_)
    next->job = scene_->job;
  next->settled = built_ == edit_;
  scene_ = std::move(next);
  changed_.notify_all();
}

}  // namespace nakawari
