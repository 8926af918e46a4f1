// Approving: what is on the screen is kept beside the fixes, with what it is made of.
#include <fmt/format.h>

#include "cut/build_state.h"
#include "cut/fixes_edit.h"
#include "desk/desk.h"
#include "drawing/render.h"
#include "drawing/svg.h"
#include "provenance/provenance.h"

namespace nakawari {
namespace {

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

}  // namespace

/// Strokes and provenance of the in-between whose lines are the picture `line`; empty when nobody knows any
/// more how it was drawn.
Desk::MadeOf Desk::made_of(const LoadedCel& cel, const LoadedDrawing& drawing, const std::string& line) {
  MadeOf of;
  if (picture(line_path(cel, drawing), false) == line) {
    auto svg = disk_.read(at(draw_spec(cel, drawing).outputs[1]));
    auto provenance = disk_.read(at(provenance_path(cel, drawing)));
    if (svg && provenance) return {std::move(*svg), std::move(*provenance)};
  }
  if (drawing.from < 0) return of;
  // A first answer: the build has not drawn it yet.
  const auto pair = redrawer_.pair(cut_, {&cel, drawing.from, drawing.to});
  const auto seen = pixels_.raster(line);
  if (!pair || !seen) return of;
  const auto made = redrawer_.drawn(**pair, drawing);
  if (!made || !(to_raster(render_lines(made->drawing)) == *seen)) return of;
  Provenance provenance{BuildOptions().program, cel.file.name, drawing.stem, drawing.plan.t, {},
                        drawing.fixes,          made->parents};
  provenance.fixes.insert(provenance.fixes.end(), (*pair)->obeyed.begin(), (*pair)->obeyed.end());
  for (const auto& [index, key] : {std::pair{0, drawing.from}, {1, drawing.to}}) {
    const std::string& source = cel.drawings[static_cast<std::size_t>(key)].source;
    const auto bytes = disk_.read(at(source));
    if (!bytes) return of;
    provenance.keys[static_cast<std::size_t>(index)] = {source, hash_of(*bytes)};
  }
  return {bytes_of(to_svg(made->drawing)), bytes_of(provenance_json(provenance))};
}

Result<std::string> Desk::approve(const std::string& name, Fix fix, const std::string& line,
                                  const std::string& paint) {
  const std::lock_guard lock(hand_);
  const LoadedCel* cel = find_cel(name);
  if (!cel) return fail(ErrorCode::not_found, "there is no cel \"" + name + "\"");
  if (auto done = complete(*cel, fix); !done) return Failure(std::move(done.error()));
  for (const LoadedDrawing& drawing : cel->drawings) {
    if (drawing.stem != fix.drawing) continue;
    const SceneDrawing now = compose(*cel, drawing);
    if (now.line != line || now.paint != paint)
      return fail(ErrorCode::wrong_use, "the drawing has changed meanwhile: look at it again");
    // A key is the artist's own file and needs no keeping.
    const std::string base = approved_base(name, drawing.stem);
    const auto keep = [&](const Bytes& bytes, const std::string& path) -> Result<std::string> {
      if (auto written = disk_.write(at(path), bytes); !written) return Failure(std::move(written.error()));
      return path;
    };
    if (const auto bytes = pixels_.find(line); bytes && drawing.source.empty()) {
      const MadeOf of = made_of(*cel, drawing, line);
      for (const auto& [more, ending] : {std::pair{&of.svg, ".svg"}, {&of.provenance, ".json"}})
        if (!more->empty())
          if (auto kept = keep(*more, base + ending); !kept) return kept;
      auto lines = keep(*bytes, base + ".png");
      if (!lines) return lines;
      fix.lines = std::move(*lines);
    }
    if (const auto bytes = pixels_.find(paint); bytes && drawing.painted.empty()) {
      auto painted = keep(*bytes, base + ".paint.png");
      if (!painted) return painted;
      fix.painted = std::move(*painted);
    }
  }
  const auto kept = append_fix(fixes_path(name), fix);
  if (!kept) return Failure(kept.error());
  static_cast<void>(reload());
  edited();
  show();
  return kept->id;
}

/// The pictures that were kept for an approval go with it; nothing else that is there does.
void Desk::forget_approved(const std::string& cel, const Fix& fix) {
  const std::string base = approved_base(cel, fix.drawing);
  if (fix.painted == base + ".paint.png") static_cast<void>(disk_.remove(at(fix.painted)));
  if (fix.lines != base + ".png") return;
  for (const char* ending : {".png", ".svg", ".json"}) static_cast<void>(disk_.remove(at(base + ending)));
}

std::string Desk::approved_base(const std::string& cel, const std::string& stem) {
  return fmt::format("fixes/approved/{}/{}", cel, stem);
}

}  // namespace nakawari
