#include "bench/paint_frame.h"

#include "bench/paint_metrics.h"
#include "bench/raw_picture.h"

namespace nakawari::bench {
namespace {

constexpr Rgba8 kBlack{0, 0, 0, 255}, kTraceBlue{0, 0, 255, 255};

Result<Grid<std::uint16_t>> samples_like(const Sequence& sequence, const std::string& part, int number,
                                         const Raster& page) {
  auto samples = read_samples(sequence.path(part, number));
  if (samples && (samples->width != page.width || samples->height != page.height))
    return fail(ErrorCode::bad_input, "differs in size from the lines", {},
                {.file = sequence.path(part, number)});
  return samples;
}

}  // namespace

Result<PaintFrame> read_paint_frame(const Sequence& sequence, int number, LineSource source,
                                    RegionSource regions, Tones tones) {
  auto lines = read_lines(sequence, number, source);
  if (!lines) return Failure(lines.error());
  const auto labels = samples_like(sequence, "flat", number, *lines);
  if (!labels) return Failure(labels.error());
  PaintFrame frame;
  frame.lines = std::move(*lines);
  if (regions == RegionSource::given) {
    const auto ids = samples_like(sequence, "region", number, frame.lines);
    if (!ids) return Failure(ids.error());
    for (std::size_t i = 0; i < ids->data.size(); ++i)
      frame.lines.data[i] = ids->data[i] == 0 ? kBlack : kPaper;
  }
  Mask line(frame.lines.width, frame.lines.height);
  const Grey ink = grey_of(frame.lines);
  for (std::size_t i = 0; i < line.data.size(); ++i) line.data[i] = ink.data[i] <= 127;

  // Colour runs on below the lines of `flat`: only paper is painted.
  frame.painted = Raster(line.width, line.height);
  for (std::size_t i = 0; i < line.data.size(); ++i) {
    const Label* label = labels->data[i] == 0 ? nullptr : sequence.find(labels->data[i]);
    frame.painted.data[i] = line.data[i] ? kBlack : label != nullptr ? label->colour : kClear;
  }
  if (tones == Tones::shadows) {
    const auto shade = samples_like(sequence, "shade", number, frame.lines);
    const auto border = samples_like(sequence, "shadowline", number, frame.lines);
    if (!shade) return Failure(shade.error());
    if (!border) return Failure(border.error());
    frame.trace = Mask(line.width, line.height);
    for (std::size_t i = 0; i < line.data.size(); ++i) {
      const Label* label = labels->data[i] == 0 ? nullptr : sequence.find(labels->data[i]);
      if (line.data[i] != 0) continue;
      frame.trace.data[i] = border->data[i] < 128;
      if (frame.trace.data[i] != 0) frame.lines.data[i] = kTraceBlue;
      const bool dark = shade->data[i] >= sequence.labels.size() || frame.trace.data[i] != 0;
      if (label != nullptr && dark) frame.painted.data[i] = label->shade;
    }
    for (std::size_t i = 0; i < line.data.size(); ++i) line.data[i] |= frame.trace.data[i];
  }
  frame.grey = grey_of(frame.lines);
  frame.regions = regions_outside(line);
  return frame;
}

}  // namespace nakawari::bench
