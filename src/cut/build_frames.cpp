// From painted cels to frames and video.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "cut/build_state.h"
#include "cut/composite.h"
#include "cut/smooth.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

/// Different pictures whose cels are held in memory together; bounds memory by a few dozen cels.
constexpr std::size_t kBlock = 16;

/// Width of the small pictures from which the report shows the cut, px.
constexpr int kFilmWidth = 480;

/// One cel's picture in a frame.
struct Layer {
  std::string path;
  Hash hash;
  enum class Kind { painted, lines, still } kind = Kind::painted;
};

/// A picture and the frames in which it stands.
struct Picture {
  std::vector<Layer> layers;
  std::vector<int> frames;
};

std::string frame_path(int frame) {
  return fmt::format("out/frames/{:06}.png", frame + 1);
}

/// The small picture of the frames that first stand at `frame`.
std::string film_path(int frame) {
  return fmt::format("out/.cache/film/{:06}.png", frame + 1);
}

/// Which drawing of the cel stands at each frame. A drawing that could not be made is held over by the one
/// before it, else by the one after.
std::vector<int> standing(const LoadedCel& cel) {
  std::vector<int> at = cel.at;
  if (cel.still()) return at;
  constexpr int kMissing = -2;
  for (int& index : at)
    if (index >= 0 && !has_lines(cel.drawings[static_cast<std::size_t>(index)])) index = kMissing;
  const auto fill = [](auto from, auto to) {
    int last = kMissing;
    for (auto it = from; it != to; ++it) {
      if (*it >= 0) last = *it;
      if (*it == kMissing) *it = last;
    }
  };
  fill(at.begin(), at.end());
  fill(at.rbegin(), at.rend());
  std::replace(at.begin(), at.end(), kMissing, -1);
  return at;
}

/// The picture of each drawing of a cel, by index; of a still, the one.
Result<std::vector<Layer>> layers_of(BuildState& state, const LoadedCel& cel) {
  std::vector<Layer> layers;
  if (cel.still()) {
    const auto hash = state.log.input(cel.image);
    if (!hash) return Failure(hash.error());
    return std::vector<Layer>{{cel.image, *hash, Layer::Kind::still}};
  }
  const bool painted = is_painted(cel);
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) {
      layers.emplace_back();
    } else if (painted) {
      const Hash made = state.log.outputs(colour_spec(cel, drawing)).front();
      layers.push_back({painted_path(cel, drawing), made, Layer::Kind::painted});
    } else {
      const auto hash = line_hash(state, cel, drawing);
      if (!hash) return Failure(hash.error());
      layers.push_back({line_path(cel, drawing), *hash, Layer::Kind::lines});
    }
  }
  return layers;
}

Result<std::vector<Picture>> pictures(BuildState& state) {
  std::vector<std::vector<int>> at;
  std::vector<std::vector<Layer>> layers;
  for (const LoadedCel& cel : state.cut.cels) {
    auto of_cel = layers_of(state, cel);
    if (!of_cel) return Failure(std::move(of_cel.error()));
    layers.push_back(std::move(*of_cel));
    at.push_back(standing(cel));
  }
  std::vector<Picture> list;
  std::map<std::vector<int>, std::size_t> known;
  for (int frame = 0; frame < state.cut.frames; ++frame) {
    std::vector<int> key;
    for (const auto& column : at) key.push_back(column[static_cast<std::size_t>(frame)]);
    const auto [it, fresh] = known.emplace(key, list.size());
    if (fresh) {
      list.emplace_back();
      for (std::size_t c = 0; c < key.size(); ++c)
        if (key[c] >= 0) list.back().layers.push_back(layers[c][static_cast<std::size_t>(key[c])]);
    }
    list[it->second].frames.push_back(frame);
  }
  return list;
}

/// Cels of the pictures in work, decoded once.
class Cels {
 public:
  explicit Cels(BuildState& state) : state_(state) {}

  Result<void> load(const std::vector<Layer>& wanted) {
    std::map<std::string, Raster> next;
    std::vector<const Layer*> missing;
    for (const Layer& layer : wanted) {
      if (next.contains(layer.path)) continue;
      const auto it = rasters_.find(layer.path);
      if (it == rasters_.end()) missing.push_back(&layer);
      next[layer.path] = it == rasters_.end() ? Raster() : std::move(it->second);
    }
    rasters_ = std::move(next);
    std::vector<std::optional<Error>> errors(missing.size());
    parallel_for(state_.options.threads, missing.size(), [&](std::size_t i) {
      auto cel = decode(*missing[i]);
      if (!cel)
        errors[i] = std::move(cel.error());
      else
        rasters_.find(missing[i]->path)->second = std::move(*cel);
    });
    for (const auto& error : errors)
      if (error) return Failure(*error);
    return {};
  }
  [[nodiscard]] const Raster* find(const std::string& path) const { return &rasters_.at(path); }

 private:
  Result<Raster> decode(const Layer& layer) {
    const auto bytes = read_input(state_, layer.path, layer.hash);
    if (!bytes) return Failure(bytes.error());
    auto picture = decode_picture(*bytes, state_.at(layer.path));
    if (!picture) return picture;
    const bool larger = picture->width >= state_.width && picture->height >= state_.height;
    if (layer.kind == Layer::Kind::still && larger) return middle_of(*picture, state_.width, state_.height);
    if (auto fits = check_size(state_, layer.path, picture->width, picture->height); !fits)
      return Failure(std::move(fits.error()));
    if (layer.kind == Layer::Kind::lines) return lines_as_cel(*picture);
    return state_.cut.file.output.smooth ? smoothed(*picture) : std::move(*picture);
  }

  BuildState& state_;
  std::map<std::string, Raster> rasters_;
};

Job frame_job(BuildState& state, const Picture& picture, const Cels& cels) {
  const OutputOptions& output = state.cut.file.output;
  StepSpec spec{fmt::format("frame {}", picture.frames.front() + 1), {}, {}};
  spec.inputs = {
      program_input(state), value_input("the cut's size", fmt::format("{}x{}", state.width, state.height)),
      value_input("smooth", output.smooth ? "yes" : "no"),
      value_input("the paper", fmt::format("{} {} {}", output.paper.r, output.paper.g, output.paper.b))};
  for (const Layer& layer : picture.layers) spec.inputs.push_back({layer.path, layer.hash});
  for (const int frame : picture.frames) spec.outputs.push_back(frame_path(frame));
  spec.outputs.push_back(film_path(picture.frames.front()));
  return {spec, [&state, &picture, &cels]() -> Result<Produced> {
            std::vector<const Raster*> layers;
            for (const Layer& layer : picture.layers) layers.push_back(cels.find(layer.path));
            const Raster frame = composite(layers, state.width, state.height, state.cut.file.output.paper);
            auto png = encode_picture(frame, PictureFormat::png);
            if (!png) return Failure(std::move(png.error()));
            auto small = encode_picture(reduced(frame, kFilmWidth), PictureFormat::png);
            if (!small) return Failure(std::move(small.error()));
            Produced produced(picture.frames.size(), shared(std::move(*png)));
            produced.push_back(shared(std::move(*small)));
            return produced;
          }};
}

/// A cut of stills alone takes the size of the first.
Result<void> find_size(BuildState& state) {
  for (const LoadedCel& cel : state.cut.cels) {
    if (state.width > 0 || !cel.still()) continue;
    const auto picture = read_picture(state.at(cel.image));
    if (!picture) return Failure(picture.error());
    state.width = picture->width;
    state.height = picture->height;
  }
  return {};
}

Result<std::vector<Hash>> composite_frames(BuildState& state) {
  auto list = pictures(state);
  if (!list) return Failure(std::move(list.error()));
  Cels cels(state);
  std::vector<Job> jobs;
  for (const Picture& picture : *list) jobs.push_back(frame_job(state, picture, cels));

  for (std::size_t from = 0; from < jobs.size(); from += kBlock) {
    const std::size_t to = std::min(jobs.size(), from + kBlock);
    StageOptions options{state.options.threads, {}};
    options.prepare = [&](const std::vector<std::size_t>& dirty) {
      std::vector<Layer> wanted;
      for (const std::size_t i : dirty)
        wanted.insert(wanted.end(), (*list)[from + i].layers.begin(), (*list)[from + i].layers.end());
      return cels.load(wanted);
    };
    const std::vector<Job> block(jobs.begin() + static_cast<std::ptrdiff_t>(from),
                                 jobs.begin() + static_cast<std::ptrdiff_t>(to));
    if (auto done = state.stages.run("frame", block, options); !done) return Failure(std::move(done.error()));
  }
  std::vector<Hash> hashes(static_cast<std::size_t>(state.cut.frames));
  state.film.at.resize(hashes.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::vector<Hash> made = state.log.outputs(jobs[i].spec);
    state.film.small.push_back(jobs[i].spec.outputs.back());
    state.film.hashes.push_back(made.back());
    for (const int frame : (*list)[i].frames) {
      hashes[static_cast<std::size_t>(frame)] = made.front();
      state.film.at[static_cast<std::size_t>(frame)] = static_cast<int>(i);
    }
  }
  return hashes;
}

Result<void> make_video(BuildState& state, VideoFormat format, const std::vector<Hash>& frames) {
  const bool draft = state.options.quality == Quality::preview;
  const std::string path = "out/" + state.cut.file.id + (format == VideoFormat::h264 ? ".mp4" : ".mov");
  std::string all;
  for (const Hash& hash : frames) all += hash.hex();
  StepSpec spec{"video " + file_name(path),
                {program_input(state), value_input("a frame", all), value_input("fps", state.cut.fps),
                 value_input("the quality", draft ? "preview" : "final")},
                {path}};
  const std::string& voice = state.cut.voice;
  if (!voice.empty()) {
    const auto hash = state.log.input(voice);
    if (!hash) return Failure(hash.error());
    spec.inputs.push_back({voice, *hash});
  }
  const int total = static_cast<int>(frames.size());
  // A held picture is read once.
  std::shared_ptr<const Raster> held;
  const auto picture = [&](int frame) -> Result<std::shared_ptr<const Raster>> {
    state.progress.advance("video", frame, total);
    const auto at = static_cast<std::size_t>(frame);
    if (held && frames[at] == frames[at - 1]) return held;
    auto fresh = read_picture_from(state, frame_path(frame));
    if (!fresh) return Failure(std::move(fresh.error()));
    return held = std::make_shared<const Raster>(std::move(*fresh));
  };
  auto done = state.stages.run_moved("video", spec, [&](const std::string& temporary) {
    auto made = state.encoder.encode({.format = format,
                                      .width = state.width,
                                      .height = state.height,
                                      .fps = state.cut.fps,
                                      .frames = total,
                                      .draft = draft,
                                      .voice = voice.empty() ? "" : state.at(voice),
                                      .picture = picture},
                                     state.at(temporary), state.progress);
    if (made) state.progress.advance("video", total, total);
    return made;
  });
  return done;
}

}  // namespace

Result<void> build_frames(BuildState& state) {
  if (!state.options.only.empty() || state.options.extent == Extent::drawings) return {};
  if (auto sized = find_size(state); !sized) return sized;
  const auto frames = composite_frames(state);
  if (!frames) return Failure(frames.error());
  const OutputOptions& output = state.cut.file.output;
  for (const auto& [wanted, format] :
       {std::pair(output.video, VideoFormat::h264), {output.prores, VideoFormat::prores}}) {
    if (!wanted) continue;
    auto done = make_video(state, format, *frames);
    if (!done && done.error().code == ErrorCode::missing_tool) {
      state.trouble.push_back({"no-video", done.error().message + " (" + done.error().mend + ")", {}});
      return {};
    }
    if (!done) return done;
  }
  return {};
}

}  // namespace nakawari
